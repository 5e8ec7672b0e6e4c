"""Words and figures for the board's templates."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from genlyd.measurement import figures
from genlyd.measurement.board import Shown
from genlyd.measurement.domain.dictionary import DICTIONARY, Definition
from genlyd.measurement.models import TeamUpdate
from genlyd.measurement.words import WORDS
from genlyd.networks import registry
from genlyd.ui.charts.words import number

register = template.Library()


@register.filter
def count(value: int | None) -> str:
    """A whole number; a hidden or missing one is a dash."""
    return number(value)


@register.filter
def rate(value: float | None) -> str:
    return number(value, digits=1)


@register.filter
def percent(value: float | None) -> str:
    return "–" if value is None else f"{number(value * 100)}%"


@register.filter(name="is")
def equals(value: str, other: str) -> bool:
    return value == other


@register.filter
def network_name(key: str) -> str:
    network = registry.get(key)
    return str(network.name) if network else key


@register.filter
def unit_after(definition: Definition) -> str:
    return figures.unit(definition, 2)


@register.filter
def figure_of(update: TeamUpdate) -> str:
    """What the figure was when it was shared."""
    definition = DICTIONARY.get(update.kpi.key)
    if definition is None:
        return ""
    return f"{WORDS[update.kpi.key].name}: {figures.text(definition, update.value)}"


@register.filter
def why_missing(shown: Shown) -> str:
    """A missing figure says why, and what would bring it."""
    if shown.definition.basis and shown.latest and shown.latest.known:
        return _("It would be the figures of fewer than five people. It is shown from five people up.")
    if shown.definition.key == "rules_current":
        return _("There are no published guidelines yet.")
    if shown.definition.basis == "followed":
        return _("The followers of no account are known.")
    if shown.definition.basis:
        return _("No network has told these figures yet, and nobody has typed them in.")
    return _("There is nothing to count yet.")
