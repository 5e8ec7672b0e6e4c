from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.audit import note
from genlyd.base.errors import Refused
from genlyd.base.facts import record
from genlyd.people.facts import ConsentGiven, ConsentWithdrawn
from genlyd.people.models import Consent, ConsentText, Member, Organisation


def current_text(organisation: Organisation) -> ConsentText | None:
    return ConsentText.objects.filter(organisation=organisation).order_by("-version").first()


@transaction.atomic
def write_text(*, organisation: Organisation, text: str, by: Member | None) -> ConsentText:
    """A new version. Consents given to older versions stay in force: the page shows which one a person agreed to."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    latest = current_text(organisation)
    if latest is not None and latest.text == text:
        return latest
    last = ConsentText.objects.filter(organisation=organisation).aggregate(last=Max("version"))["last"] or 0
    written = ConsentText.objects.create(organisation=organisation, version=last + 1, text=text)
    note(organisation, by, "consent.text_written", _("Version %(version)s") % {"version": written.version})
    return written


@transaction.atomic
def give_consent(*, member: Member, text: ConsentText) -> Consent:
    """The member's yes to this very text. Repeatable."""
    if text.organisation_id != member.organisation_id:
        raise Refused(_("This text belongs to another organisation."))
    if member.left_at:
        raise Refused(_("You are no longer a member here."))
    there = Consent.objects.filter(member=member, withdrawn_at=None).select_related("text").first()
    if there is not None and there.text_id == text.pk:
        return there
    if there is not None:  # a newer wording: the old yes ends where the new one begins
        Consent.objects.filter(pk=there.pk).update(withdrawn_at=clock.now())
    try:
        with transaction.atomic():
            given = Consent.objects.create(organisation_id=member.organisation_id, member=member, text=text)
    except IntegrityError:  # pressed twice at once: the other press has said yes already
        return Consent.objects.get(member=member, withdrawn_at=None)
    if there is None:
        record(ConsentGiven(member_id=member.pk))
    return given


@transaction.atomic
def withdraw_consent(*, member: Member) -> bool:
    """One click, at once, no reason asked. True if there was something to withdraw."""
    withdrawn = Consent.objects.filter(member=member, withdrawn_at=None).update(withdrawn_at=clock.now())
    if withdrawn:
        record(ConsentWithdrawn(member_id=member.pk))
    return bool(withdrawn)
