from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from genlyd.base import audit
from genlyd.base.errors import Refused
from genlyd.evaluation.models import Answer, Decision, Review
from genlyd.people.models import Member


@transaction.atomic
def decide(
    *, review: Review, verb: str, subject: str, by: Member, note: str = "", answer: Answer | None = None
) -> Decision:
    """Keep, stop, change or test again. Refused once the review is finished."""
    _still_open(review)
    decision = Decision.objects.create(
        organisation_id=review.organisation_id, review=review, verb=Decision.Verb(verb),
        subject=_about(subject), note=note.strip(), answer=answer, decided_by=by,
    )  # fmt: skip
    audit.note(by.organisation, by, "decided", decision.subject, what=verb)
    return decision


@transaction.atomic
def change_decision(*, decision: Decision, by: Member, **changes: Any) -> Decision:
    _still_open(decision.review)
    if "subject" in changes:
        changes["subject"] = _about(changes["subject"])
    for name, value in changes.items():
        setattr(decision, name, value)
    decision.decided_by = by
    decision.save(update_fields=[*changes, "decided_by"])
    return decision


@transaction.atomic
def remove_decision(*, decision: Decision, by: Member) -> dict[str, Any]:
    """Returns what `restore_decision` needs."""
    _still_open(decision.review)
    kept = {
        "verb": decision.verb, "subject": decision.subject, "note": decision.note, "answer": decision.answer_id,
    }  # fmt: skip
    audit.note(by.organisation, by, "removed decision", decision.subject)
    decision.delete()
    return kept


def restore_decision(*, review: Review, kept: dict[str, Any], by: Member) -> Decision:
    """Undo of `remove_decision`."""
    answer = Answer.objects.filter(review=review, pk=kept["answer"]).first()
    return decide(review=review, by=by, **{**kept, "answer": answer})


def _about(subject: str) -> str:
    subject = " ".join(subject.split())
    if not subject:
        raise Refused(_("Say what the decision is about."), field="subject")
    return subject


def _still_open(review: Review) -> None:
    if Review.objects.select_for_update().get(pk=review.pk).finished_at:
        raise Refused(
            _("This review is finished and stays as it was."), next_step=_("Change the next period instead.")
        )
