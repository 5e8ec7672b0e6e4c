"""The two mails of this area: asking a KPI's owner, and the owner's word to the team."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genlyd.measurement import figures
from genlyd.measurement.domain.dictionary import DICTIONARY
from genlyd.measurement.models import Kpi, TeamUpdate
from genlyd.measurement.words import WORDS
from genlyd.notifications.notice import Notice, declare

ASKED = declare(
    "measurement.owner_asked", gettext_lazy("When it is your day to share a figure with the team")
)
SHARED = declare("measurement.figure_shared", gettext_lazy("When somebody shares a figure with your team"))


def owner_asked(kpi: Kpi) -> Notice:
    return Notice(
        kind=ASKED,
        subject=lambda: _("Share “%(kpi)s” with the team?") % {"kpi": WORDS[kpi.key].name},
        template="measurement/mail/owner_asked",
        context={
            "kpi": kpi,
            "words": WORDS[kpi.key],
            "address": settings.URL + reverse("measurement:share", args=[kpi.pk]),
        },
    )


def figure_shared(update: TeamUpdate, picture: bytes | None, alt: str) -> Notice:
    """`picture` is the chart as PNG; a mail without figures goes out too."""
    kpi = update.kpi
    definition = DICTIONARY[kpi.key]
    return Notice(
        kind=SHARED,
        subject=lambda: (
            _("%(kpi)s: %(value)s")
            % {"kpi": WORDS[kpi.key].name, "value": figures.text(definition, update.value)}
        ),
        template="measurement/mail/figure_shared",
        context={
            "update": update,
            "kpi": kpi,
            "words": WORDS[kpi.key],
            "value": figures.text(definition, update.value),
            "target": figures.text(definition, kpi.target),
            "picture_alt": alt if picture else "",
            "address": settings.URL + reverse("measurement:board", args=[kpi.period_id]),
        },
        pictures={"chart": picture} if picture else {},
    )
