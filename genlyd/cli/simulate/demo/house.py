"""Who has which role and duty, and the rules they agreed on."""

from __future__ import annotations

import random
from datetime import timedelta

from genlyd.cli.simulate.demo.cast import AMINA, HENRIK, JAKOB, KAREN, MARIANNE, YUSUF
from genlyd.cli.simulate.texts import FOLDER
from genlyd.cli.simulate.writer import Written
from genlyd.people.models import Consent, Member, Role, RoleKind
from genlyd.programmes.models import Duty, Owner, SubGoal
from genlyd.rules.actions.seed import seed_rules
from genlyd.rules.models import Acknowledgement, Guideline, Rule, RuleKind

ROLES = {MARIANNE: RoleKind.LEAD, JAKOB: RoleKind.EDITOR, HENRIK: RoleKind.ADMINISTRATOR}
DUTIES = {Duty.SPONSOR: KAREN, Duty.CONTENT: JAKOB, Duty.RULES: YUSUF, Duty.KPIS: AMINA}
SUB_GOALS = (
    ("12 montører og 14 lærlinge har sagt ja inden sommerferien", "Hver tredje ansøger nævner en kollega"),
    (
        "12 lærlinge til august",
        "En OT-sikkerhedsspecialist i Aalborg",
        "Flere kvinder blandt ansøgerne til marken",
    ),
)
#: How many of those who take part have read the guidelines.
READ = 0.9


def furnish(written: Written) -> None:
    for who, kind in ROLES.items():
        Role.objects.get_or_create(
            member_id=written.members[who], kind=kind, defaults={"given_by_id": written.members[HENRIK]}
        )
    for period, goals in zip(written.periods, SUB_GOALS, strict=False):
        Owner.objects.bulk_create(
            [
                Owner(
                    period=period,
                    duty=duty,
                    member_id=written.members[who],
                    named_at=period.opened_at or period.created_at,
                )
                for duty, who in DUTIES.items()
            ]
        )
        SubGoal.objects.bulk_create(
            [SubGoal(period=period, text=text, position=place) for place, text in enumerate(goals)]
        )
    _rules(written)


def _rules(written: Written) -> None:
    organisation = written.organisation
    seed_rules(organisation)
    owner = Member.objects.get(pk=written.members[YUSUF])
    Rule.objects.filter(organisation=organisation).update(owner=owner)
    phrases = Rule.objects.get(organisation=organisation, kind=RuleKind.PHRASES)
    phrases.settings["phrases"].append(
        {
            "phrase": "OT-angreb",
            "reason": "Vi taler ikke offentligt om angreb på forsyningen, heller ikke om dem, der ikke lykkes.",
            "mend": "Fortæl om faget og kollegerne i stedet.",
            "inflected": True,
        }
    )
    phrases.save(update_fields=["settings"])
    began = written.periods[0].opened_at or written.periods[0].created_at
    text = (FOLDER / "guideline.md").read_text(encoding="utf-8").replace("{org}", organisation.name)
    guideline, _new = Guideline.objects.update_or_create(
        organisation=organisation,
        version=1,
        defaults={
            "text": text,
            "created_at": began - timedelta(days=20),
            "published_at": began - timedelta(days=15),
            "published_by": owner,
        },
    )
    dice = random.Random(11)  # noqa: S311
    known = set(written.members[:YUSUF])
    Acknowledgement.objects.bulk_create(
        [
            Acknowledgement(
                organisation=organisation,
                guideline=guideline,
                member_id=consent.member_id,
                at=max(consent.given_at, began - timedelta(days=15))
                + timedelta(minutes=dice.randint(1, 900)),
            )
            for consent in Consent.objects.filter(organisation=organisation)
            if consent.member_id in known or dice.random() < READ
        ],
        batch_size=2000,
    )
