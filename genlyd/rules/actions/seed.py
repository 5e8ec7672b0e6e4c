from __future__ import annotations

from django.db import transaction

from genlyd.people.models import Organisation
from genlyd.rules.defaults import guideline_default, rule_defaults
from genlyd.rules.models import Guideline, Rule


@transaction.atomic
def seed_rules(organisation: Organisation) -> None:
    """Give an organisation the default rules and a first guideline as a draft. What exists is left alone."""
    Rule.objects.bulk_create(
        [
            Rule(organisation=organisation, kind=kind, **vars(default))
            for kind, default in rule_defaults(organisation).items()
        ],
        ignore_conflicts=True,
    )
    if not Guideline.objects.filter(organisation=organisation).exists():
        Guideline.objects.bulk_create(
            [Guideline(organisation=organisation, version=1, text=guideline_default(organisation))],
            ignore_conflicts=True,
        )
