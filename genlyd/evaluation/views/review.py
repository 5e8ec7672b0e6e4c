from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.evaluation import actions
from genlyd.evaluation.access import review_for
from genlyd.evaluation.domain.questions import QUESTIONS
from genlyd.evaluation.forms import DecisionForm, NextPeriodForm
from genlyd.evaluation.models import Review
from genlyd.evaluation.reading import shown as read
from genlyd.evaluation.words import ASKED, VERBS, least
from genlyd.people.access import MemberRequest, lead_page
from genlyd.programmes.access import period_for
from genlyd.programmes.models import Period
from genlyd.ui.answers import blame, tell

#: What was removed last, so that it can be brought back: {period: what restore_decision takes}.
REMOVED = "evaluation.removed"


@lead_page
@require_safe
def shown(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    review = Review.objects.filter(period=period).first()
    if review is None:
        context = {"period": period, "questions": [ASKED[key] for key in QUESTIONS], "least": least()}
        return render(request, "evaluation/begin.html", context)
    answers = sorted(review.answers.all(), key=lambda answer: list(QUESTIONS).index(answer.question))
    removed = request.session.get(REMOVED, {}).get(str(period.pk))
    context = {
        "period": period,
        "review": review,
        "answers": [read(answer) for answer in answers],
        "decisions": list(review.decisions.select_related("decided_by")),
        "verbs": VERBS,
        "least": least(),
        "form": DecisionForm(),
        "removed": removed["subject"] if removed else "",
        "next": Period.objects.filter(previous=period).first(),
        "next_form": NextPeriodForm(),
    }
    return render(request, "evaluation/review.html", context)


@lead_page
@require_POST
def begin(request: MemberRequest, pk: int) -> HttpResponse:
    period = period_for(request.member, pk)
    try:
        actions.begin_review(period=period, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
    return redirect("evaluation:review", period.pk)


@lead_page
@require_POST
def answers(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask the data once more."""
    review = review_for(request.member, pk)
    try:
        actions.answer_questions(review=review, now=clock.now())
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("Counted once more."))
    return redirect("evaluation:review", review.period_id)


@lead_page
@require_POST
def finish(request: MemberRequest, pk: int) -> HttpResponse:
    review = review_for(request.member, pk)
    try:
        actions.finish_review(review=review, by=request.member)
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("The review is finished and the period is closed. Well done."))
    return redirect("evaluation:review", review.period_id)


@lead_page
@require_http_methods(["GET", "HEAD", "POST"])
def following(request: MemberRequest, pk: int) -> HttpResponse:
    """Make the next period, with the decisions carried over."""
    review = review_for(request.member, pk)
    form = NextPeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_next_period(review=review, name=form.cleaned_data["name"], by=request.member)
        except Refused as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The next period is drafted; the decisions stand in its plan."))
            return redirect("home:period", made.pk)
    context = {"period": review.period, "review": review, "form": form}
    return render(request, "evaluation/next.html", context, status=422 if form.errors else 200)
