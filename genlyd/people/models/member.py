from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genlyd.base.sorting import sorted_as
from genlyd.base.tenancy import Owned
from genlyd.people.models.organisation import TeamKind


class MemberQuerySet(models.QuerySet["Member"]):
    def current(self) -> MemberQuerySet:
        """Those who have not left."""
        return self.filter(left_at=None)

    def in_organisation_of(self, member: Member) -> MemberQuerySet:
        return self.filter(organisation_id=member.organisation_id)


class Member(Owned):
    """A person in an organisation. `user` is empty until they have signed in for the first time."""

    user = models.ForeignKey(
        "people.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="memberships"
    )
    name = models.CharField(_("name"), max_length=120)
    sort_name = sorted_as("name")
    email = models.EmailField(_("e-mail"))
    title = models.CharField(_("job title"), max_length=120, blank=True)
    department = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="department_members",
        limit_choices_to={"kind": TeamKind.DEPARTMENT}, verbose_name=_("department"),
    )  # fmt: skip
    location = models.ForeignKey(
        "people.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="location_members",
        limit_choices_to={"kind": TeamKind.LOCATION}, verbose_name=_("location"),
    )  # fmt: skip
    picture = models.FileField(upload_to="people/", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    #: When the member first signed in as this member.
    joined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint("organisation", Lower("email"), name="member_email_once"),
            models.UniqueConstraint(
                fields=["organisation", "user"], condition=Q(user__isnull=False), name="member_user_once"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "sort_name"], name="member_by_name"),
            models.Index(fields=["organisation", "department"], name="member_by_department"),
            # A list of people asks for fifty pictures, and each asks whose it is.
            models.Index(fields=["picture"], condition=~Q(picture=""), name="member_by_picture"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="member_name_search"),
            GinIndex(OpClass(Upper("email"), name="gin_trgm_ops"), name="member_email_search"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def role_kinds(self) -> set[str]:
        """The member's roles, read once per loaded member. Everybody is at least a participant."""
        if not hasattr(self, "_role_kinds"):
            self._role_kinds = {role.kind for role in self.roles.all()}
        return self._role_kinds

    def has_role(self, *kinds: str) -> bool:
        """True if the member has one of these roles; an administrator is not silently everything."""
        return any(kind in self.role_kinds for kind in kinds)


class RoleKind(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    LEAD = "lead", _("Programme lead")
    EDITOR = "editor", _("Editor")
    PARTICIPANT = "participant", _("Participant")


class Role(models.Model):
    """A role given to a member: by whom and when is part of it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=16, choices=RoleKind.choices)
    given_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="role_once")]
