from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from genlyd.evaluation import actions
from genlyd.evaluation.models import Answer, Decision
from genlyd.evaluation.reading import shown as read
from genlyd.programmes.models import Period
from tests.evaluation.makers import a_decision, a_review
from tests.evaluation.test_review import seven_authors
from tests.measurement.makers import a_share, a_story, colleagues
from tests.world import World

AskAs = Callable[..., Client]


def test_lead_walks_from_the_review_to_the_next_period(world: World, as_member: AskAs) -> None:
    seven_authors(world)
    lene, url = as_member(world.lene), f"/reviews/{world.period.pk}/"
    assert "Begin the review" in lene.get(url).content.decode()
    lene.post(f"{url}begin/")
    page = lene.get(url).content.decode()
    assert "Posts with a picture of a person: about 4" in page
    assert "LinkedIn: about 2" in page
    assert "With 90 % confidence" in page
    lene.post(f"{url}decide/", {"verb": "keep", "subject": "Pictures", "note": ""})
    lene.post(f"{url}finish/")
    assert "Make the next period" in lene.get(url).content.decode()
    answer = lene.post(f"{url}next/", {"name": "Spring"})
    made = Period.objects.get(previous=world.period)
    assert answer["Location"] == f"/period/{made.pk}/"
    assert "Spring" in lene.get(url).content.decode()


def test_review_speaks_danish(world: World, as_member: AskAs) -> None:
    world.lene.user.language = "da"
    world.lene.user.save()
    seven_authors(world)
    actions.begin_review(period=world.period, by=world.lene)
    page = as_member(world.lene).get(f"/reviews/{world.period.pk}/").content.decode()
    assert "Opslag med billede af et menneske: cirka 4 gange så mange besøg" in page or "cirka 4," in page
    assert "Hvordan går I videre?" in page


def test_thin_data_says_what_is_missing_and_names_no_winner(world: World, as_member: AskAs) -> None:
    a_share(world.pia, a_story(world), visits=900, shows_person=True)
    actions.begin_review(period=world.period, by=world.lene)
    page = as_member(world.lene).get(f"/reviews/{world.period.pk}/").content.decode()
    assert "9 more shares and 4 more people" in page
    assert "times as many" not in page


def test_figures_of_few_people_are_not_shown(world: World, as_member: AskAs) -> None:
    story = a_story(world)
    for member in colleagues(world, 6):
        a_share(member, story, visits=2)
    a_share(world.pia, story, visits=777, network="x")
    actions.begin_review(period=world.period, by=world.lene)
    assert "777" not in as_member(world.lene).get(f"/reviews/{world.period.pk}/").content.decode()


def test_decision_is_changed_removed_and_brought_back(world: World, as_member: AskAs) -> None:
    decision, lene = a_decision(world), as_member(world.lene)
    lene.post(
        f"/reviews/decisions/{decision.pk}/",
        {"verb": "change", "subject": "Shorter texts", "note": "Three lines."},
    )
    decision.refresh_from_db()
    assert (decision.verb, decision.subject, decision.note) == ("change", "Shorter texts", "Three lines.")
    lene.post(f"/reviews/decisions/{decision.pk}/remove/")
    assert not Decision.objects.exists()
    assert "Shorter texts” is removed" in lene.get(f"/reviews/{world.period.pk}/").content.decode()
    lene.post(f"/reviews/{world.period.pk}/decisions/restore/")
    assert Decision.objects.get().subject == "Shorter texts"


def test_decision_without_words_is_refused(world: World, as_member: AskAs) -> None:
    a_review(world)
    answer = as_member(world.lene).post(
        f"/reviews/{world.period.pk}/decide/", {"verb": "keep", "subject": " "}
    )
    assert answer.status_code == 422


def test_finishing_without_a_decision_is_refused_in_words(world: World, as_member: AskAs) -> None:
    a_review(world)
    answer = as_member(world.lene).post(f"/reviews/{world.period.pk}/finish/", follow=True)
    assert "Nothing has been decided yet." in answer.content.decode()


def test_list_shows_how_far_each_review_is(world: World, as_member: AskAs) -> None:
    lene = as_member(world.lene)
    assert "This quarter" in lene.get("/reviews/").content.decode()
    a_decision(world)
    assert "Under way" in lene.get("/reviews/").content.decode()


def test_list_asks_the_same_number_of_questions_for_one_and_three(world: World, as_member: AskAs) -> None:
    lene = as_member(world.lene)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            lene.get("/reviews/")
        return len(asked)

    questions()
    one = questions()
    for number in range(2):
        Period.objects.create(
            organisation=world.fjordkraft, programme=world.programme, name=f"Earlier {number}",
            starts_on="2020-01-01", ends_on="2020-02-01", opened_at=world.period.opened_at,
            closed_at=world.period.opened_at,
        )  # fmt: skip
    assert questions() == one


def test_one_persons_shares_are_hidden_and_cannot_be_worked_out(world: World, as_member: AskAs) -> None:
    story = a_story(world)
    six = colleagues(world, 6)
    for member in six:
        a_share(member, story, visits=2)
    for _more in range(3):
        a_share(six[0], story, visits=50, network="x")
    actions.begin_review(period=world.period, by=world.lene)
    [row] = Answer.objects.filter(question="network")
    assert {(line.shares, line.authors, line.clicks) for line in read(row).counts} == {("–", "–", "–")}
