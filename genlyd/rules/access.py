"""Who changes the rules: leads, administrators, and whoever is the rule owner of an open period."""

from __future__ import annotations

from django.http import Http404

from genlyd.people.access import is_editor, is_lead
from genlyd.people.models import Member
from genlyd.programmes.models import Duty, Owner


def may_change_rules(member: Member) -> bool:
    return is_lead(member) or _is_rule_owner(member)


def may_see_rules(member: Member) -> bool:
    return is_editor(member) or _is_rule_owner(member)


def _is_rule_owner(member: Member) -> bool:
    return Owner.objects.filter(
        member=member, duty=Duty.RULES, period__opened_at__isnull=False, period__closed_at=None
    ).exists()


def changer_or_404(member: Member) -> None:
    if not may_change_rules(member):
        raise Http404
