from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from genlyd.base import audit, clock
from genlyd.base.errors import Refused
from genlyd.people.models import Member
from genlyd.rules.domain.settings import BadSettings, Settings, read
from genlyd.rules.models import Rule

WORDED = ("reason", "good_example", "bad_example", "blocks", "block_ground", "active")


@transaction.atomic
def change_rule(
    rule: Rule,
    *,
    settings: Settings,
    reason: str,
    good_example: str = "",
    bad_example: str = "",
    blocks: bool = False,
    block_ground: str = "",
    active: bool = True,
    owner: Member | None = None,
    by: Member,
) -> Rule:
    """A change of what the rule says or does is a new version; naming another owner is not."""
    rule = Rule.objects.select_for_update(of=("self",)).select_related("owner").get(pk=rule.pk)
    if blocks and not block_ground:
        raise Refused(_("Say why it must stop a text."), field="block_ground")
    if not reason.strip():
        raise Refused(_("Say why the rule exists: the writer reads it."), field="reason")
    try:
        stored = read(rule.kind, settings.write()).write()
    except BadSettings as error:
        raise Refused(_("These values cannot be used together.")) from error
    before = _said(rule)
    rule.settings, rule.reason = stored, reason.strip()
    rule.good_example, rule.bad_example = good_example.strip(), bad_example.strip()
    rule.blocks, rule.block_ground, rule.active = blocks, block_ground if blocks else "", active
    rule.owner = owner
    after = _said(rule)
    if after != before:
        rule.version += 1
        rule.changed_at = clock.now()
        changed = {
            key: {"before": before[key], "after": after[key]} for key in after if before[key] != after[key]
        }
        audit.note(by.organisation, by, "changed rule", rule.kind, version=rule.version, changed=changed)
    rule.save()
    return rule


def _said(rule: Rule) -> dict[str, Any]:
    return {"settings": rule.settings, **{name: getattr(rule, name) for name in WORDED}}
