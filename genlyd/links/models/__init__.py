from genlyd.links.models.clicks import Arrival, Batch, Click
from genlyd.links.models.links import Domain, Link, LinkPrivacy
from genlyd.links.models.targets import Target
from genlyd.links.models.totals import CountryDay, DayTotal, LinkDay, MemberTotal
from genlyd.links.models.visitors import DaySalt, OwnVisitor

__all__ = [
    "Arrival",
    "Batch",
    "Click",
    "CountryDay",
    "DaySalt",
    "DayTotal",
    "Domain",
    "Link",
    "LinkDay",
    "LinkPrivacy",
    "MemberTotal",
    "OwnVisitor",
    "Target",
]
