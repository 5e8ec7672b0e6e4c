from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from genlyd.base import audit, clock
from genlyd.base.errors import Refused
from genlyd.base.facts import record
from genlyd.people.models import Member
from genlyd.rules.facts import GuidelinePublished
from genlyd.rules.models import Acknowledgement, Guideline


@transaction.atomic
def draft_guideline(*, text: str, change: str = "", by: Member) -> Guideline:
    """Write the one draft: the next version. Published versions are never touched."""
    house = by.organisation
    draft = Guideline.objects.select_for_update().filter(organisation=house, published_at=None).first()
    if draft is None:
        newest = Guideline.objects.filter(organisation=house).aggregate(version=Max("version"))["version"]
        draft = Guideline(organisation=house, version=(newest or 0) + 1)
    draft.text, draft.change = text.strip(), change.strip()
    draft.save()
    return draft


@transaction.atomic
def publish_guideline(draft: Guideline, *, by: Member) -> Guideline:
    """Everybody is asked to read it, those who had acknowledged an earlier version too."""
    draft = Guideline.objects.select_for_update().get(pk=draft.pk)
    if draft.published_at:
        return draft
    if not draft.text:
        raise Refused(
            _("There is nothing to read yet."), next_step=_("Write the guidelines first."), field="text"
        )
    if draft.version > 1 and not draft.change:
        raise Refused(
            _("Say in a sentence what has changed."),
            next_step=_("Those who read again want to know why."),
            field="change",
        )
    draft.published_at, draft.published_by = clock.now(), by
    draft.save(update_fields=["published_at", "published_by"])
    audit.note(by.organisation, by, "published guideline", f"version {draft.version}")
    record(GuidelinePublished(guideline_id=draft.pk))
    return draft


@transaction.atomic
def acknowledge(guideline: Guideline, *, by: Member) -> Acknowledgement:
    if not guideline.published_at:
        raise Refused(_("This version is not published yet."))
    found, _created = Acknowledgement.objects.get_or_create(
        guideline=guideline, member=by, defaults={"organisation": by.organisation}
    )
    return found
