"""The plan of both periods: what was told, and what is still to come."""

from __future__ import annotations

from datetime import timedelta

from genlyd.base.clock import today
from genlyd.cli.simulate.demo.cast import AMINA, FREJA, JAKOB, MARIANNE
from genlyd.cli.simulate.writer import Written
from genlyd.content.models import Story
from genlyd.plan.models import PlanLine
from genlyd.programmes.models import FocusArea

#: What, focus area, who, days from today, network, note.
AHEAD = (
    (
        "Fotografér praktikdagen i uge 50",
        "Lærlinge og elever",
        JAKOB,
        1,
        "",
        "Husk samtykke fra eleverne, på papir.",
    ),
    ("Freja fortæller om sin første vinter i tårnet", "Faglighed til daglig", FREJA, 3, "linkedin", ""),
    (
        "Hvem er holdet bag natten uden angreb?",
        "Faglighed til daglig",
        AMINA,
        6,
        "",
        "Spørg OT-holdet, hvad de må sige.",
    ),
    (
        "Byrådet beslutter om kedelbygningen i Viborg",
        "Grøn omstilling",
        MARIANNE,
        9,
        "",
        "Først når det er offentligt.",
    ),
    ("Julebrunch: 140 børn og en lift", "Kultur og fællesskab", AMINA, 14, "facebook", ""),
    ("Tak til holdet, og hvad vi lærte", "Kultur og fællesskab", MARIANNE, 20, "", "Tal fra evalueringen."),
)
LATE = ("Spørg de nye i Hirtshals, hvordan de fandt os", "Kultur og fællesskab", AMINA, -2, "", "")


def lay_plan(written: Written) -> None:
    """Every story was a plan line once; the running period has open lines, and one that is late."""
    stories = {story.pk: story for story in Story.objects.filter(period__in=written.periods)}
    PlanLine.objects.bulk_create(
        [
            PlanLine(
                organisation=written.organisation,
                period_id=story.period_id,
                title=story.sentence[:120],
                focus_area_id=story.focus_area_id,
                story=story,
                responsible_id=written.members[JAKOB],
                due_on=story.not_before.date(),
                created_at=story.created_at - timedelta(days=14),
                done_at=story.published_at,
                done_by_id=written.members[JAKOB],
            )
            for story in stories.values()
            if story.period_id is not None
        ]
    )
    running = written.periods[-1]
    areas = {area.name: area for area in FocusArea.objects.filter(period=running)}
    day = today(written.organisation.time_zone)
    for what, area, who, days, network, note in (LATE, *AHEAD):
        PlanLine.objects.create(
            organisation=written.organisation, period=running, title=what, focus_area=areas[area], network=network,
            responsible_id=written.members[who], due_on=min(day + timedelta(days=days), running.ends_on), note=note,
        )  # fmt: skip
