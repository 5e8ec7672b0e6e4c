from genlyd.people.models.consent import Consent, ConsentText
from genlyd.people.models.imports import PeopleImport
from genlyd.people.models.invitation import Invitation, JoinLink
from genlyd.people.models.member import Member, Role, RoleKind
from genlyd.people.models.organisation import Organisation, Team, TeamKind
from genlyd.people.models.user import User

__all__ = [
    "Consent",
    "ConsentText",
    "Invitation",
    "JoinLink",
    "Member",
    "Organisation",
    "PeopleImport",
    "Role",
    "RoleKind",
    "Team",
    "TeamKind",
    "User",
]
