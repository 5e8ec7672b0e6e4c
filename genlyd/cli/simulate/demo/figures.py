"""Both periods' few KPIs, their readings, and what their owner told the team about them."""

from __future__ import annotations

from datetime import datetime, timedelta

from genlyd.cli.simulate.demo.cast import AMINA
from genlyd.cli.simulate.writer import Written
from genlyd.measurement.actions import fill_history
from genlyd.measurement.models import Kpi, Reading, TeamUpdate

#: Key, target of the first period, target of the second.
KPIS = (
    ("active_rate", 0.75, 0.85),
    ("own_words_rate", 0.75, 0.80),
    ("visits", 2000.0, 2100.0),
    ("clicks_per_share", 4.5, 5.0),
    ("disclosure_rate", 0.50, 0.60),
)
SHARE_WEEKDAY = 1
#: Key, days after the period's first day, what Amina wrote.
UPDATES = (
    (
        (
            "active_rate",
            21,
            "Tre uger inde, og der er allerede delt fra alle seks byer. Tak til dem, der turde gå først.",
        ),
        (
            "visits",
            48,
            "Historien om natten i Thisted blev læst af flere end vores tre seneste jobannoncer til sammen.",
        ),
        (
            "own_words_rate",
            76,
            "Fire ud af fem skriver selv. Man kan mærke det: ansøgerne citerer jer i samtalerne.",
        ),
    ),
    (
        (
            "active_rate",
            14,
            "Vi er flere end i foråret, og det er de nye fra Hirtshals, der trækker. Velkommen til jer.",
        ),
        (
            "visits",
            35,
            "Vi følger planen på besøg. Kedlen i Viborg og Bent har fået halvdelen af æren, og det er fortjent.",
        ),
        (
            "clicks_per_share",
            57,
            "Færre opslag i oktober, men flere læsere pr. opslag. Det er den rigtige vej: hellere ét godt end tre.",
        ),
        (
            "disclosure_rate",
            70,
            "Husk den lille sætning om, at I arbejder her. Den gør opslaget mere troværdigt, ikke mindre.",
        ),
    ),
)


def measure(written: Written, now: datetime) -> None:
    """Readings are taken by the real measurement, day by day; team updates quote the reading of their day."""
    owner = written.members[AMINA]
    earlier: dict[str, float | None] = {}
    for number, period in enumerate(written.periods):
        kpis = {
            key: Kpi.objects.create(
                organisation=written.organisation, period=period, key=key, position=place,
                target=targets[min(number, 1)], baseline=earlier.get(key), owner_id=owner,
                share_weekday=SHARE_WEEKDAY, created_at=period.opened_at or period.created_at,
            )
            for place, (key, *targets) in enumerate(KPIS, 1)
        }  # fmt: skip
        fill_history(period=period)
        for key, kpi in kpis.items():
            last = (
                Reading.objects.filter(organisation_id=kpi.organisation_id, kpi_id=kpi.pk)
                .order_by("-day")
                .first()
            )
            earlier[key] = last.value if last else None
        for key, days, sentence in UPDATES[min(number, 1)]:
            _tell(
                written,
                kpis[key],
                (period.opened_at or now) + timedelta(days=days, hours=2),
                sentence,
                now,
            )


def _tell(written: Written, kpi: Kpi, at: datetime, sentence: str, now: datetime) -> None:
    if at >= now:
        return
    reading = (
        Reading.objects.filter(organisation_id=kpi.organisation_id, kpi_id=kpi.pk, day__lt=at.date())
        .order_by("-day")
        .first()
    )
    TeamUpdate.objects.create(
        organisation=written.organisation,
        kpi=kpi,
        by_id=written.members[AMINA],
        sentence=sentence,
        value=reading.value if reading else None,
        quality=reading.quality if reading else "measured",
        at=at,
        mailed_at=at + timedelta(minutes=1),
        recipients=kpi.period.seats.filter(taken_at__lt=at).count(),
    )
