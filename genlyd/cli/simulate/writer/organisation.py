from __future__ import annotations

from genlyd.cli.simulate.truths import Weighted
from genlyd.people.models import ConsentText, Organisation, Team, TeamKind

CONSENT = (
    "Det er frivilligt at være med. Jeg vælger selv, hvad jeg deler, og skriver med mine egne ord. Mine egne tal er "
    "kun synlige for mig. Jeg kan trække mit ja tilbage med ét klik, uden at sige hvorfor."
)


def write_organisation(*, name: str, domain: str, is_demo: bool) -> Organisation:
    organisation = Organisation.objects.create(
        name=name, language="da", email_domains=[domain], website=f"https://{domain}", is_demo=is_demo
    )
    ConsentText.objects.create(organisation=organisation, version=1, text=CONSENT)
    return organisation


def write_teams(organisation: Organisation, rows: tuple[Weighted, ...], kind: TeamKind) -> list[Team]:
    """Teams in the order of the truths; a parent stands before its children."""
    made: dict[str, Team] = {}
    for row in rows:
        made[row.name] = Team.objects.create(
            organisation=organisation, kind=kind, name=row.name, parent=made.get(row.parent)
        )
    return list(made.values())
