from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from genlyd.base.models import AuditEntry
from genlyd.rules.actions import seed_rules
from genlyd.rules.models import Rule, RuleKind
from tests.world import World

As = Callable[[Any], Client]
COMMON = {
    "active": "on",
    "reason": "Because",
    "good_example": "",
    "bad_example": "",
    "blocks": "",
    "owner": "",
}


def rule_of(world: World, kind: str) -> Rule:
    return Rule.objects.get(organisation=world.fjordkraft, kind=kind)


def save(world: World, as_member: As, kind: str, **values: object) -> Any:
    return as_member(world.lene).post(reverse("rules:rule", args=[kind]), {**COMMON, **values})


@pytest.mark.parametrize("kind", RuleKind.values)
def test_every_rule_page_saves_what_it_shows(world: World, as_member: As, kind: str) -> None:
    """Read the form's own values and send them back: the settings stay as they are."""
    seed_rules(world.fjordkraft)
    before = rule_of(world, kind)
    page = as_member(world.lene).get(reverse("rules:rule", args=[kind]))
    assert page.status_code == 200
    posted: dict[str, Any] = {}
    forms = [page.context["form"], *getattr(page.context["settings"], "forms", [page.context["settings"]])]
    management = getattr(page.context["settings"], "management_form", None)
    for form in [*forms, *([management] if management else [])]:
        for bound in form:
            value = bound.value()
            if value not in (None, False, ""):
                posted[bound.html_name] = "on" if value is True else value
    assert as_member(world.lene).post(reverse("rules:rule", args=[kind]), posted).status_code == 302
    after = rule_of(world, kind)
    assert (after.settings, after.version) == (before.settings, before.version)


def test_frequency_is_saved_with_a_new_version_and_a_trace(world: World, as_member: As) -> None:
    assert save(world, as_member, "frequency", **{"settings-per_week": 5}).status_code == 302
    rule = rule_of(world, "frequency")
    assert (rule.settings, rule.version) == ({"per_week": 5}, 2)
    trace = AuditEntry.objects.get(verb="changed rule")
    assert trace.detail["changed"]["settings"]["after"] == {"per_week": 5}


def test_a_block_asks_for_its_ground(world: World, as_member: As) -> None:
    values = {"settings-per_week": 3, "blocks": "1"}
    answer = save(world, as_member, "frequency", **values)
    assert answer.status_code == 422
    assert "Say why it must stop a text." in answer.content.decode()
    assert save(world, as_member, "frequency", **values, block_ground="decision").status_code == 302
    assert rule_of(world, "frequency").blocks
    with pytest.raises(IntegrityError):
        Rule.objects.filter(organisation=world.fjordkraft).update(blocks=True, block_ground="")


def test_quiet_hours_by_weekday(world: World, as_member: As) -> None:
    values: dict[str, object] = {"settings-TOTAL_FORMS": 7, "settings-INITIAL_FORMS": 7}
    values |= {"settings-0-start": "20:30", "settings-0-end": "07:00", "settings-6-whole_day": "on"}
    assert save(world, as_member, "quiet_hours", **values).status_code == 302
    assert rule_of(world, "quiet_hours").settings == {
        "spans": [
            {"weekday": 0, "start": "20:30", "end": "07:00"},
            {"weekday": 6, "start": "00:00", "end": "24:00"},
        ]
    }
    half = save(world, as_member, "quiet_hours", **values, **{"settings-2-start": "20:00"})
    assert half.status_code == 422
    assert "Give both times, or neither." in half.content.decode()


def test_phrases_are_added_and_emptied(world: World, as_member: As) -> None:
    seed_rules(world.fjordkraft)
    values = {
        "settings-TOTAL_FORMS": 2, "settings-INITIAL_FORMS": 1, "settings-0-phrase": "",
        "settings-1-phrase": " secret  tower ", "settings-1-reason": "Not out yet", "settings-1-mend": "Wait",
    }  # fmt: skip
    assert save(world, as_member, "phrases", **values).status_code == 302
    (phrase,) = rule_of(world, "phrases").settings["phrases"]
    assert (phrase["phrase"], phrase["inflected"]) == ("secret tower", False)


def test_disclosure_names(world: World, as_member: As) -> None:
    values = {"settings-names": "Fjordkraft\nFjordkraft Vind\n", "settings-words": "", "settings-within": 120}
    save(world, as_member, "disclosure", **values)
    assert rule_of(world, "disclosure").settings["names"] == ["Fjordkraft", "Fjordkraft Vind"]


def test_owner_of_a_rule_is_a_colleague(world: World, as_member: As) -> None:
    save(world, as_member, "frequency", **{"settings-per_week": 3, "owner": "poul@fjordkraft.example"})
    assert rule_of(world, "frequency").owner == world.poul
    answer = save(world, as_member, "frequency", **{"settings-per_week": 3, "owner": "Oda"})
    assert answer.status_code == 422


def test_list_for_editors_with_a_place_to_try(world: World, as_member: As) -> None:
    url = reverse("rules:list")
    assert as_member(world.pia).get(url).status_code == 404
    assert as_member(None).get(url).status_code == 302
    text = as_member(world.erik).get(url, {"try": "Sikke en dag."}).content.decode()
    assert "Readers cannot see yet that you work here." in text
    good = as_member(world.lene).get(url, {"try": "Her hos Fjordkraft er der kage."})
    assert [finding for finding in good.context["findings"] if finding.kind != "quiet_hours"] == []


def test_a_rule_that_does_not_exist(world: World, as_member: As) -> None:
    assert as_member(world.lene).get(reverse("rules:rule", args=["luck"])).status_code == 404
