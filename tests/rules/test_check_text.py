from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from genlyd.rules.models import Rule, RuleKind
from genlyd.rules.queries import check_text, measure_text
from tests.world import World

NOON = datetime(2026, 3, 4, 11, tzinfo=UTC)
GOOD = "Her hos Fjordkraft frøs jeg om fingrene i dag."


def kinds(world: World, text: str, **given: object) -> list[str]:
    context = {"story_texts": [], "network": "linkedin", "when": NOON, "language": "da", **given}
    return [finding.key for finding in check_text(world.pia, text=text, **context)]  # type: ignore[arg-type]


def test_check_text_finds_nothing_in_a_good_text(world: World) -> None:
    assert kinds(world, GOOD) == []


def test_check_text_reports_everything_in_reading_order(world: World) -> None:
    example = "det er en stor dag med vind over det hele land og garanti for grøn strøm"
    found = kinds(world, example, story_texts=[example], shares=[NOON] * 3, when=NOON.replace(hour=22))
    assert found == ["phrase", "disclosure_missing", "own_words", "too_often", "quiet_hours"]


def test_check_text_speaks_the_readers_language_and_suggests_in_the_texts(world: World) -> None:
    with override("en"):
        (finding,) = check_text(
            world.pia, text="Sikke en dag.", story_texts=[], network="x", when=NOON, language="da"
        )
    assert finding.message == "Readers cannot see yet that you work here."
    assert finding.severity == "warn"
    assert finding.suggestions[0] == "Her hos Fjordkraft, hvor jeg arbejder, …"
    assert "ombuds" in finding.reason.lower()


def test_check_text_blocks_where_the_organisation_says_so(world: World) -> None:
    check_text(world.pia, text="", story_texts=[], network="x", when=NOON, language="da")
    Rule.objects.filter(organisation=world.fjordkraft, kind=RuleKind.DISCLOSURE).update(
        blocks=True, block_ground="law"
    )
    (finding,) = check_text(world.pia, text="Hej", story_texts=[], network="x", when=NOON, language="da")
    assert finding.blocks


def test_check_text_leaves_rules_out_of_force_alone(world: World) -> None:
    assert kinds(world, "Hej") == ["disclosure_missing"]
    Rule.objects.filter(organisation=world.fjordkraft).update(active=False)
    assert kinds(world, "Hej") == []


def test_check_text_takes_one_query(world: World, django_assert_num_queries: object) -> None:
    kinds(world, GOOD)
    with django_assert_num_queries(1):  # type: ignore[operator]
        kinds(world, GOOD)


def test_measure_text_for_the_share(world: World) -> None:
    found = measure_text(world.fjordkraft, text=GOOD, story_texts=["en to tre fire fem"])
    assert (found.own_share, found.own_words, found.disclosed) == (1.0, True, True)


@pytest.mark.django_db
def test_rules_are_made_once_per_organisation(world: World) -> None:
    kinds(world, GOOD)
    kinds(world, GOOD)
    assert Rule.objects.filter(organisation=world.fjordkraft).count() == 5
    assert Rule.objects.filter(organisation=world.havblik).count() == 0
