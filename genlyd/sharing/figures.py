"""What is known of posts, for the page of the person who wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from genlyd.base import clock
from genlyd.networks import registry
from genlyd.networks.domain.figures import Metric
from genlyd.sharing.models import PostReading, Share
from genlyd.sharing.models.readings import Quality
from genlyd.ui.charts.words import number

#: In the order in which people look at them.
SHOWN = (
    Metric.REACTIONS, Metric.COMMENTS, Metric.RESHARES, Metric.QUOTES, Metric.SAVES, Metric.ENGAGEMENTS,
    Metric.IMPRESSIONS, Metric.REACHED,
)  # fmt: skip
#: What a person can usually read off their network, and so may type in.
TYPED_IN = (Metric.IMPRESSIONS, Metric.REACHED, Metric.REACTIONS, Metric.COMMENTS, Metric.RESHARES)
NAMES: dict[Metric, Any] = {
    Metric.IMPRESSIONS: _("Impressions"),
    Metric.REACHED: _("People reached"),
    Metric.REACTIONS: _("Reactions"),
    Metric.COMMENTS: _("Comments"),
    Metric.RESHARES: _("Reshares"),
    Metric.QUOTES: _("Quotes"),
    Metric.SAVES: _("Saves"),
    Metric.ENGAGEMENTS: _("Engagements"),
}
#: A network that reads back has said something by then, or it does not for this account.
SOON = timedelta(days=1)


@dataclass(frozen=True)
class Figure:
    metric: Metric
    value: int
    quality: str
    seen_at: datetime

    @property
    def text(self) -> str:
        return number(self.value)

    @property
    def unit(self) -> str:
        """The word after the number."""
        return counted(self.metric, self.value)


@dataclass(frozen=True)
class Known:
    """What is known of one post. Without figures: nothing is."""

    figures: tuple[Figure, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.figures)

    @property
    def as_of(self) -> datetime:
        """The oldest of them: so old may any figure be."""
        return min(figure.seen_at for figure in self.figures)

    @property
    def quality(self) -> str:
        """As good as the weakest of them."""
        return worst(figure.quality for figure in self.figures)

    @property
    def mixed(self) -> bool:
        return len({figure.quality for figure in self.figures}) > 1

    @property
    def measured(self) -> bool:
        return any(figure.quality == Quality.MEASURED for figure in self.figures)


def worst(qualities: Iterable[str]) -> str:
    found = set(qualities)
    for quality in (Quality.ESTIMATED, Quality.REPORTED):
        if quality in found:
            return quality.value
    return Quality.MEASURED.value


def known_of(shares: Iterable[Share]) -> Mapping[int, Known]:
    """The newest figures by share, in one query."""
    rows = list(shares)
    if not rows:
        return {}
    found: dict[int, list[Figure]] = {}
    newest = PostReading.objects.filter(
        organisation_id=rows[0].organisation_id, share_id__in=[share.pk for share in rows], until=None
    )
    for row in newest:
        if row.metric in SHOWN:
            figure = Figure(Metric(row.metric), row.value, row.quality, row.seen_at)
            found.setdefault(row.share_id, []).append(figure)
    return {
        share: Known(tuple(sorted(figures, key=lambda figure: SHOWN.index(figure.metric))))
        for share, figures in found.items()
    }


def may_type(share: Share, known: Known) -> bool:
    """Where no network tells: the person may."""
    if not share.confirmed_at or share.deleted_at or known.measured:
        return False
    network = registry.get(share.network)
    told_by_network = network is not None and network.reader is not None and share.way == Share.Way.API
    return not told_by_network or share.confirmed_at < clock.now() - SOON


def typed(share: Share) -> dict[str, int]:
    """What the person has told so far."""
    rows = PostReading.objects.filter(
        organisation_id=share.organisation_id, share_id=share.pk, quality=Quality.REPORTED, until=None
    )
    return dict(rows.values_list("metric", "value"))


def counted(metric: Metric, value: int) -> str:  # noqa: PLR0911  one line for each
    match metric:
        case Metric.IMPRESSIONS:
            return ngettext("impression", "impressions", value)
        case Metric.REACHED:
            return ngettext("person reached", "people reached", value)
        case Metric.REACTIONS:
            return ngettext("reaction", "reactions", value)
        case Metric.COMMENTS:
            return ngettext("comment", "comments", value)
        case Metric.RESHARES:
            return ngettext("reshare", "reshares", value)
        case Metric.QUOTES:
            return ngettext("quote", "quotes", value)
        case Metric.SAVES:
            return ngettext("save", "saves", value)
        case _:
            return ngettext("engagement", "engagements", value)
