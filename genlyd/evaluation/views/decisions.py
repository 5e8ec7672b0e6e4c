from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from genlyd.base.errors import Refused
from genlyd.evaluation import actions
from genlyd.evaluation.access import decision_for, review_for
from genlyd.evaluation.forms import DecisionForm
from genlyd.evaluation.models import Decision, Review
from genlyd.evaluation.views.review import REMOVED
from genlyd.people.access import MemberRequest, lead_page
from genlyd.ui.answers import blame, tell


def _back(period_id: int) -> HttpResponse:
    return redirect(f"{reverse('evaluation:review', args=[period_id])}#decisions")


@lead_page
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """A page of its own too, for when the form on the review needs a second look."""
    review = review_for(request.member, pk)
    form = DecisionForm(request.POST or None, initial={"subject": request.GET.get("about", "")[:200]})
    if request.method == "POST" and form.is_valid():
        answer = review.answers.filter(question=request.GET.get("question", "")).first()
        try:
            actions.decide(review=review, by=request.member, answer=answer, **form.cleaned_data)
        except Refused as refusal:
            blame(form, refusal)
        else:
            return _back(review.period_id)
    return _form(request, form, review, None)


@lead_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    decision = decision_for(request.member, pk)
    form = DecisionForm(request.POST or None, initial=DecisionForm.values(decision))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_decision(decision=decision, by=request.member, **form.cleaned_data)
        except Refused as refusal:
            blame(form, refusal)
        else:
            return _back(decision.review.period_id)
    return _form(request, form, decision.review, decision)


@lead_page
@require_POST
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    decision = decision_for(request.member, pk)
    period_id = decision.review.period_id
    try:
        kept = actions.remove_decision(decision=decision, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
    else:
        request.session[REMOVED] = {str(period_id): kept}
    return _back(period_id)


@lead_page
@require_POST
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    review = review_for(request.member, pk)
    kept = request.session.get(REMOVED, {}).get(str(review.period_id))
    if kept:
        try:
            actions.restore_decision(review=review, kept=kept, by=request.member)
        except Refused as refusal:
            tell(request, refusal)
        else:
            del request.session[REMOVED]
    return _back(review.period_id)


def _form(
    request: MemberRequest, form: DecisionForm, review: Review, decision: Decision | None
) -> HttpResponse:
    context = {"form": form, "review": review, "period": review.period, "decision": decision}
    return render(request, "evaluation/decision.html", context, status=422 if form.errors else 200)
