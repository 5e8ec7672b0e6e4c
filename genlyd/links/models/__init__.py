from genlyd.links.models.clicks import Click, LinkDay
from genlyd.links.models.links import Domain, Link, LinkPrivacy
from genlyd.links.models.visitors import DaySalt, OwnVisitor

__all__ = ["Click", "DaySalt", "Domain", "Link", "LinkDay", "LinkPrivacy", "OwnVisitor"]
