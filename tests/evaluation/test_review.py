from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from genlyd.base.errors import Refused
from genlyd.evaluation import actions
from genlyd.evaluation.domain.questions import QUESTIONS, answer
from genlyd.evaluation.domain.stored import from_json, to_json
from genlyd.evaluation.models import Answer, Decision, Review
from genlyd.evaluation.queries import shared_once
from genlyd.measurement.models import Kpi, Reading
from genlyd.plan.models import PlanLine
from genlyd.programmes.models import Duty, Owner, Period
from tests.evaluation.makers import a_decision, a_review
from tests.measurement.makers import a_kpi, a_share, a_story, colleagues, followed
from tests.world import World


def seven_authors(world: World) -> None:
    """Everybody shares twice of each kind; with a person four times the visits, on X half as many as on LinkedIn."""
    story = a_story(world)
    for member in colleagues(world, 7):
        for network, base in (("linkedin", 8), ("x", 4)):
            a_share(member, story, visits=base * 4, network=network, shows_person=True)
            a_share(member, story, visits=base, network=network, shows_person=False)


def test_shares_are_counted_for_a_week_and_only_when_it_is_over(world: World) -> None:
    story = a_story(world)
    old = a_share(world.pia, story, days_ago=20, visits=3, shows_person=True)
    assert old.link is not None
    assert old.confirmed_at is not None
    followed(old.link, 5, old.confirmed_at.date() + timedelta(days=7))
    followed(old.link, 9, old.confirmed_at.date() + timedelta(days=8))
    a_share(world.poul, story, days_ago=6, visits=100)
    a_share(world.poul, story, days_ago=20, network="x")
    shares, left_out = shared_once(world.period, timezone.now())
    assert [(share.network, share.shows_person, share.clicks) for share in shares] == [("linkedin", True, 8)]
    assert left_out == {"young": 1, "without_link": 1}


def test_authors_are_numbers_of_their_own(world: World) -> None:
    seven_authors(world)
    shares, _left_out = shared_once(world.period, timezone.now())
    assert {share.author for share in shares} == set(range(7))


def test_review_answers_both_questions_from_data(world: World) -> None:
    seven_authors(world)
    review = actions.begin_review(period=world.period, by=world.lene)
    assert actions.begin_review(period=world.period, by=world.lene) == review
    by_question = {row.question: from_json(row.result) for row in review.answers.all()}
    [network] = by_question["network"]
    [person] = by_question["person"]
    assert (network.arm, network.control, network.outcome.verdict) == ("linkedin", "x", "better")
    assert person.outcome.ratio == pytest.approx(4, rel=0.1)
    assert person.outcome.within


def test_answer_is_recomputed_from_its_stored_inputs(world: World) -> None:
    seven_authors(world)
    actions.begin_review(period=world.period, by=world.lene)
    for kept in Answer.objects.all():
        assert to_json(answer(QUESTIONS[kept.question], kept.inputs)) == kept.result


def test_thin_data_is_refused_in_the_stored_answer(world: World) -> None:
    a_share(world.pia, a_story(world), visits=3)
    review = actions.begin_review(period=world.period, by=world.lene)
    [row] = from_json(review.answers.get(question="person").result)
    assert row.outcome.shares_missing == (10, 9)


def test_draft_and_closed_periods_have_no_review_to_begin(world: World) -> None:
    Period.objects.update(opened_at=None)
    world.period.refresh_from_db()
    with pytest.raises(Refused):
        actions.begin_review(period=world.period, by=world.lene)
    assert not Review.objects.exists()


def test_review_without_a_decision_cannot_be_finished(world: World) -> None:
    with pytest.raises(Refused, match="Nothing has been decided"):
        actions.finish_review(review=a_review(world), by=world.lene)


def test_finishing_takes_last_readings_and_closes_the_period(world: World) -> None:
    a_kpi(world.period, "shares")
    a_share(world.pia, a_story(world))
    actions.finish_review(review=a_decision(world).review, by=world.lene)
    world.period.refresh_from_db()
    assert world.period.state == "closed"
    assert Reading.objects.get().value == 1


def test_finished_review_stays_as_it_was(world: World) -> None:
    decision = a_decision(world)
    review = decision.review
    actions.finish_review(review=review, by=world.lene)
    for deed in (
        lambda: actions.decide(review=review, verb="stop", subject="X", by=world.lene),
        lambda: actions.change_decision(decision=decision, by=world.lene, subject="Y"),
        lambda: actions.remove_decision(decision=decision, by=world.lene),
        lambda: actions.answer_questions(review=review, now=timezone.now()),
    ):
        with pytest.raises(Refused):
            deed()


def finished(world: World) -> Review:
    a_kpi(world.period, "shares", target=50, owner=world.pia, share_weekday=3)
    a_share(world.pia, a_story(world))
    Owner.objects.create(period=world.period, duty=Duty.CONTENT, member=world.erik)
    for verb, subject in (("keep", "Stories from the blades"), ("stop", "Long texts"), ("test", "Pictures")):
        a_decision(world, subject, verb)
    Decision.objects.filter(verb="test").update(note="Half with, half without.")
    return actions.finish_review(review=a_review(world), by=world.lene)


def test_next_period_carries_everything_over(world: World) -> None:
    world.period.focus_areas.create(name="Culture")
    made = actions.make_next_period(review=finished(world), name="Next quarter", by=world.lene)
    earlier = world.period
    assert (made.state, made.previous, made.name) == ("draft", earlier, "Next quarter")
    assert made.starts_on > earlier.ends_on
    assert made.ends_on - made.starts_on == earlier.ends_on - earlier.starts_on
    assert {seat.member for seat in made.seats.all()} == {world.pia, world.poul}
    assert made.owners.get().member == world.erik
    assert [area.name for area in made.focus_areas.all()] == ["Culture"]
    kpi = Kpi.objects.get(period=made)
    assert (kpi.key, kpi.target, kpi.baseline, kpi.owner, kpi.share_weekday) == (
        "shares",
        50,
        1,
        world.pia,
        3,
    )
    lines = PlanLine.objects.filter(period=made).order_by("pk")
    assert [line.title for line in lines] == [
        "Behold: Stories from the blades", "Stop: Long texts", "Prøv igen: Pictures",
    ]  # fmt: skip
    assert [(line.due_on - made.starts_on).days for line in lines] == [6, 0, 13]
    assert lines[2].note == "Half with, half without."
    assert {line.responsible for line in lines} == {world.erik}
    assert {decision.carried_to for decision in Decision.objects.all()} == {made}


def test_next_period_is_made_once(world: World) -> None:
    review = finished(world)
    made = actions.make_next_period(review=review, name="Next", by=world.lene)
    assert actions.make_next_period(review=review, name="Another", by=world.lene) == made
    assert (Period.objects.filter(previous=world.period).count(), PlanLine.objects.count()) == (1, 3)
    assert Kpi.objects.filter(period=made).count() == 1


def test_next_period_is_made_whole_or_not_at_all(world: World, monkeypatch) -> None:
    from genlyd.evaluation.actions import finish

    review = finished(world)

    def fail(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(finish, "_carry_decisions", fail)
    with pytest.raises(RuntimeError):
        actions.make_next_period(review=review, name="Next", by=world.lene)
    assert not Period.objects.filter(previous=world.period).exists()


def test_next_period_waits_for_the_finished_review(world: World) -> None:
    with pytest.raises(Refused):
        actions.make_next_period(review=a_decision(world).review, name="Next", by=world.lene)


def test_removed_decision_comes_back(world: World) -> None:
    decision = a_decision(world, "Long texts", "stop")
    kept = actions.remove_decision(decision=decision, by=world.lene)
    back = actions.restore_decision(review=a_review(world), kept=kept, by=world.lene)
    assert (back.verb, back.subject) == ("stop", "Long texts")


def test_decision_says_about_what(world: World) -> None:
    with pytest.raises(Refused):
        actions.decide(review=a_review(world), verb="keep", subject="  ", by=world.lene)
