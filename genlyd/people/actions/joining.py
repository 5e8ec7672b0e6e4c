"""How a person becomes the user behind a member: by invitation or by join link."""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from genlyd.base import clock, ids
from genlyd.base.audit import note
from genlyd.base.crypto import fingerprint, seal, unseal
from genlyd.base.errors import Refused
from genlyd.base.facts import record
from genlyd.people import letters
from genlyd.people.facts import MemberJoined
from genlyd.people.models import JoinLink, Member, Organisation, Role, RoleKind, Team, User

LINK_LASTS = timedelta(days=90)
MAIL_LASTS = timedelta(hours=24)
_SALT = "genlyd.people.join"


@transaction.atomic
def become(*, member: Member, user: User | None, email: str, password: str = "") -> Member:
    """Tie a user to a member whose address has been proved. Raises Refused for a wrong account."""
    if user is not None and user.email.casefold() != email.casefold():
        raise Refused(
            _("You are signed in as %(mine)s, but this is for %(other)s.")
            % {"mine": user.email, "other": email},
            next_step=_("Sign out first, then open the link again."),
        )
    member = Member.objects.select_for_update().select_related("organisation").get(pk=member.pk)
    if member.user_id and (user is None or member.user_id != user.pk):
        raise Refused(_("You are already a member here."), next_step=_("Sign in with your e-mail."))
    if user is None:
        user = new_user(email=email, language=member.organisation.language, password=password)
    prove_address(user)
    first_time = member.joined_at is None
    member.user = user
    member.joined_at = member.joined_at or clock.now()
    try:
        with transaction.atomic():
            member.save(update_fields=["user", "joined_at"])
    except IntegrityError as error:
        raise Refused(_("You are already a member here, with another address.")) from error
    if not member.roles.exists():
        Role.objects.create(member=member, kind=RoleKind.PARTICIPANT)
    if first_time:
        record(MemberJoined(member_id=member.pk))
    return member


def new_user(*, email: str, language: str, password: str = "") -> User:
    try:
        with transaction.atomic():
            return User.objects.create_user(
                email=email, password=password or None, language=get_language() or language
            )
    except IntegrityError as error:
        # Somebody who has an account proves it by signing in, with whatever they protect it by.
        raise Refused(
            _("You have an account already."), next_step=_("Sign in first, then open the link again.")
        ) from error


def prove_address(user: User) -> None:
    """The mailed link has proved the address: codes and new passwords may be sent to it."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def open_join_link(*, organisation: Organisation, by: Member, department: Team | None = None) -> JoinLink:
    """One link is open at a time; an older one is closed."""
    if not organisation.email_domains:
        raise Refused(
            _("Say first which e-mail domains are yours."),
            next_step=_("Add them under Organisation: only people with such an address can join by link."),
        )
    now = clock.now()
    JoinLink.objects.filter(organisation=organisation, closed_at=None).update(closed_at=now)
    token = ids.token()
    link = JoinLink.objects.create(
        organisation=organisation, token_hash=fingerprint(token), token_sealed=seal({"token": token}),
        department=department, created_by=by, expires_at=now + LINK_LASTS,
    )  # fmt: skip
    note(organisation, by, "join_link.opened", "")
    return link


@transaction.atomic
def close_join_link(*, organisation: Organisation, by: Member) -> None:
    if JoinLink.objects.filter(organisation=organisation, closed_at=None).update(closed_at=clock.now()):
        note(organisation, by, "join_link.closed", "")


def open_link(organisation: Organisation) -> JoinLink | None:
    return JoinLink.objects.filter(
        organisation=organisation, closed_at=None, expires_at__gt=clock.now()
    ).first()


def address_of(link: JoinLink) -> str:
    """The link as one sends it around."""
    return settings.URL + reverse("people:join", args=[unseal(link.token_sealed)["token"]])


def join_link_for(token: str) -> JoinLink:
    link = (
        JoinLink.objects.select_related("organisation", "department")
        .filter(token_hash=fingerprint(token), closed_at=None, expires_at__gt=clock.now())
        .first()
    )
    if link is None:
        raise Refused(
            _("This link does not work any more."), next_step=_("Ask who gave it to you for a new one.")
        )
    return link


def ask_to_join(*, link: JoinLink, name: str, email: str) -> None:
    """Mail a link that proves the address. The page answers the same whether or not they are a member already."""
    email = email.strip().lower()
    if email.rpartition("@")[2] not in link.organisation.email_domains:
        raise Refused(
            _("Use your work e-mail, which ends in %(domains)s.")
            % {"domains": _(" or ").join("@" + domain for domain in link.organisation.email_domains)},
            field="email",
        )
    claim = signing.dumps({"link": link.pk, "name": " ".join(name.split()), "email": email}, salt=_SALT)
    letters.write(
        "join", to=email, name=name, organisation=link.organisation, kind="people.join",
        language=get_language() or "", hours=int(MAIL_LASTS.total_seconds() // 3600),
        url=settings.URL + reverse("people:join_confirm", args=[claim]),
    )  # fmt: skip


def read_claim(claim: str) -> tuple[JoinLink, str, str]:
    """(link, name, e-mail) of a mailed join link."""
    try:
        said = signing.loads(claim, salt=_SALT, max_age=MAIL_LASTS)
    except signing.SignatureExpired as error:
        raise Refused(_("This link has expired."), next_step=_("Open the join link again.")) from error
    except signing.BadSignature as error:
        raise Refused(
            _("This link is not one of ours."), next_step=_("Check that the whole link was copied.")
        ) from error
    link = JoinLink.objects.select_related("organisation", "department").get(pk=said["link"])
    if link.closed_at or link.expires_at <= clock.now():
        raise Refused(
            _("This link does not work any more."), next_step=_("Ask who gave it to you for a new one.")
        )
    return link, said["name"], said["email"]


@transaction.atomic
def join(*, claim: str, user: User | None, password: str = "") -> Member:
    """Become a member with the address that the mailed link has proved."""
    link, name, email = read_claim(claim)
    there = Member.objects.filter(organisation=link.organisation, email__iexact=email).first()
    if there is not None and there.left_at:
        raise Refused(
            _("You have left this organisation."), next_step=_("Ask an administrator to bring you back.")
        )
    if there is None:
        there = Member.objects.create(
            organisation=link.organisation, name=name, email=email, department=link.department
        )
        Role.objects.create(member=there, kind=RoleKind.PARTICIPANT)
        note(link.organisation, None, "member.joined_by_link", there, member_id=there.pk)
    # An open invitation to the same person is answered by this.
    there.invitations.filter(accepted_at=None, withdrawn_at=None).update(accepted_at=clock.now())
    return become(member=there, user=user, email=email, password=password)
