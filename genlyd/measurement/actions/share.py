from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from genlyd.base import audit, clock
from genlyd.base.errors import Refused
from genlyd.measurement.domain.dictionary import DICTIONARY
from genlyd.measurement.models import Kpi, TeamUpdate
from genlyd.measurement.queries.kpis import latest
from genlyd.people.models import Member

#: The same sentence about the same figure within this time is the same one.
TWICE = timedelta(minutes=10)


@transaction.atomic
def share_with_team(*, kpi: Kpi, sentence: str, by: Member) -> TeamUpdate:
    """Write the figure as it stands and the owner's sentence into the record; the worker mails it to the team."""
    from genlyd.measurement.tasks import defer_mail  # the task calls these actions

    sentence = " ".join(sentence.split())
    if not sentence:
        raise Refused(
            _("Write a sentence to go with the figure."),
            next_step=_("What does it mean, and what comes next?"),
            field="sentence",
        )
    # A button pressed twice is one word to the team, not two mails to everybody.
    Kpi.objects.select_for_update(of=("self",)).get(pk=kpi.pk)
    same = TeamUpdate.objects.filter(kpi=kpi, by=by, sentence=sentence, at__gt=clock.now() - TWICE)
    if twin := same.first():
        return twin
    reading = latest(kpi)
    update = TeamUpdate.objects.create(
        organisation_id=kpi.organisation_id, kpi=kpi, by=by, sentence=sentence,
        value=reading.value if reading else None,
        quality=reading.quality if reading else DICTIONARY[kpi.key].quality,
    )  # fmt: skip
    audit.note(by.organisation, by, "shared figure with team", kpi.key, period=kpi.period_id)
    defer_mail(update.pk)
    return update
