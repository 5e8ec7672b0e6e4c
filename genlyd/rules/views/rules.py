from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from genlyd.base import clock
from genlyd.people.access import MemberRequest, is_editor, member_page
from genlyd.rules.access import may_change_rules, may_see_rules
from genlyd.rules.kinds import KINDS
from genlyd.rules.queries import (
    acknowledged,
    check_text,
    guideline_draft,
    guideline_in_force,
    rules_of,
)


@member_page
@require_safe
def listed(request: MemberRequest) -> HttpResponse:
    """The guidelines, the five rules, and a place to try them."""
    member = request.member
    if not may_see_rules(member):
        raise Http404
    house = member.organisation
    rules = rules_of(house)
    guideline = guideline_in_force(house)
    tried = request.GET.get("try", "").strip()[:3000]
    findings = (
        check_text(
            member, text=tried, story_texts=[], network="", when=clock.now(), language=get_language() or "en"
        )
        if tried
        else []
    )
    context = {
        "rules": [(rule, KINDS[rule.kind]) for rule in rules],
        "guideline": guideline,
        "acknowledged": acknowledged(guideline) if guideline else None,
        "draft": guideline_draft(house),
        "changes": may_change_rules(member),
        "tried": tried,
        "findings": findings,
        "layout": "ui/lead.html" if is_editor(member) else "ui/participant.html",
    }
    return render(request, "rules/list.html", context)
