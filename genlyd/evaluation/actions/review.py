from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from genlyd.base import audit, clock
from genlyd.base.errors import Refused
from genlyd.evaluation.domain.questions import QUESTIONS, answer, inputs_of
from genlyd.evaluation.domain.rate_ratio import METHOD_VERSION
from genlyd.evaluation.domain.stored import to_json
from genlyd.evaluation.models import Answer, Review
from genlyd.evaluation.queries import shared_once
from genlyd.people.models import Member
from genlyd.programmes.models import Period


@transaction.atomic
def begin_review(*, period: Period, by: Member) -> Review:
    """One per period; beginning again leads to the same. Refused for a draft and for a closed period."""
    if not period.opened_at:
        raise Refused(_("A draft has nothing to look back on."), next_step=_("Open the period first."))
    if period.closed_at:
        raise Refused(_("This period is closed and stays as it was."))
    review, made = Review.objects.get_or_create(
        period=period, defaults={"organisation_id": period.organisation_id, "started_by": by}
    )
    if made:
        audit.note(by.organisation, by, "began review", period.name)
        answer_questions(review=review, now=clock.now())
    return review


@transaction.atomic
def answer_questions(*, review: Review, now: datetime) -> list[Answer]:
    """Ask the data again, as long as the review is not finished. Inputs and method are kept with every answer."""
    locked = Review.objects.select_for_update(of=("self",)).select_related("period").get(pk=review.pk)
    if locked.finished_at:
        raise Refused(_("This review is finished and stays as it was."))
    shares, left_out = shared_once(locked.period, now)
    answers = []
    for question in QUESTIONS.values():
        inputs = inputs_of(question, shares, left_out)
        kept, _made = Answer.objects.update_or_create(
            review=locked,
            question=question.key,
            defaults={
                "organisation_id": locked.organisation_id,
                "inputs": inputs,
                "result": to_json(answer(question, inputs)),
                "method_version": METHOD_VERSION,
                "computed_at": now,
            },
        )
        answers.append(kept)
    return answers
