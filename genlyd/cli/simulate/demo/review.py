"""How the first period ended: the real questions asked of its data, and what people decided."""

from __future__ import annotations

from datetime import timedelta

from genlyd.cli.simulate.demo.cast import MARIANNE
from genlyd.cli.simulate.writer import Written
from genlyd.evaluation.actions import answer_questions, decide
from genlyd.evaluation.models import Decision, Review
from genlyd.people.models import Member
from genlyd.plan.models import PlanLine

#: Verb, what, why, the question it answers (or "").
DECISIONS = (
    (
        Decision.Verb.KEEP,
        "Billeder med en kollega på",
        "Forskellen er tydelig, også når man kun sammenligner folk med dem selv.",
        "person",
    ),
    (
        Decision.Verb.CHANGE,
        "LinkedIn først, Facebook hvor historien er lokal",
        "Facebook giver færre besøg, men det er dér, Hirtshals læser med.",
        "network",
    ),
    (
        Decision.Verb.STOP,
        "Færdige eksempler som det første, man ser",
        "De blev kopieret. Nu begynder vi med et spørgsmål.",
        "",
    ),
    (
        Decision.Verb.TEST,
        "Opslag på en tirsdag mod resten af ugen",
        "Vi tror, det virker, men har set for lidt til at vide det.",
        "",
    ),
)


def look_back(written: Written) -> None:
    """Reviewed on the days before it closed; each decision became a line of the running period's plan."""
    closed, running = written.periods[0], written.periods[-1]
    if closed.closed_at is None:
        return
    lead = Member.objects.select_related("organisation").get(pk=written.members[MARIANNE])
    begun = closed.closed_at - timedelta(hours=3)
    review = Review.objects.create(
        organisation=written.organisation, period=closed, started_by=lead, started_at=begun
    )
    answers = {answer.question: answer for answer in answer_questions(review=review, now=begun)}
    for verb, subject, note, question in DECISIONS:
        decision = decide(
            review=review, verb=verb, subject=subject, note=note, by=lead, answer=answers.get(question)
        )
        Decision.objects.filter(pk=decision.pk).update(
            decided_at=begun + timedelta(hours=1), carried_to=running
        )
        PlanLine.objects.create(
            organisation=written.organisation, period=running, title=f"{decision.get_verb_display()}: {subject}"[:200],
            note=note, responsible=lead, due_on=running.starts_on + timedelta(days=14),
            created_at=running.opened_at or running.created_at,
            done_at=(running.opened_at or running.created_at) + timedelta(days=9), done_by=lead,
        )  # fmt: skip
    Review.objects.filter(pk=review.pk).update(finished_at=closed.closed_at)
