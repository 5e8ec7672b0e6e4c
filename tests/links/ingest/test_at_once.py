"""Several organisations at a time: each click once, whoever takes which."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from genlyd.links import ingest
from genlyd.links.ingest import run
from genlyd.links.models import Arrival, Click, Link, LinkDay
from genlyd.people.models import Organisation
from tests.links.ingest.counting import AT, LATER, an_arrival

ORGANISATIONS, EACH = 6, 4


@pytest.fixture
def waiting(transactional_db: None) -> int:
    """Clicks of six organisations."""
    for number in range(ORGANISATIONS):
        organisation = Organisation.objects.create(name=f"Fjordkraft {number}", language="da")
        link = Link.objects.create(organisation=organisation, target="https://fjordkraft.example/")
        Arrival.objects.bulk_create(
            an_arrival(link, AT + timedelta(minutes=minute), bytes([minute]) * 16) for minute in range(EACH)
        )
    return ORGANISATIONS * EACH


def test_two_at_a_time_count_each_click_once(waiting: int, monkeypatch: pytest.MonkeyPatch) -> None:
    used, met, judge = set(), threading.Barrier(2, timeout=20), run.judge_organisation

    def noted(organisation_id: int, **how: object) -> int:
        if threading.get_ident() not in used:
            used.add(threading.get_ident())
            met.wait()  # neither is done before the other has begun
        return judge(organisation_id, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "judge_organisation", noted)
    assert ingest.judge(now=LATER, at_once=2) == waiting
    assert len(used) == 2
    assert (Click.objects.count(), Arrival.objects.count()) == (waiting, 0)
    assert list(LinkDay.objects.values_list("clicks", flat=True)) == [EACH] * ORGANISATIONS
    assert ingest.judge(now=LATER, at_once=2) == 0


def test_one_that_fails_is_told_and_keeps_its_clicks(waiting: int, monkeypatch: pytest.MonkeyPatch) -> None:
    unlucky, judge = (
        Arrival.objects.order_by("organisation_id").values_list("organisation_id")[0][0],
        run.judge_organisation,
    )

    def fails_for_one(organisation_id: int, **how: object) -> int:
        if organisation_id == unlucky:
            raise RuntimeError("no luck")
        return judge(organisation_id, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "judge_organisation", fails_for_one)
    with pytest.raises(RuntimeError):
        ingest.judge(now=LATER, at_once=2)
    assert set(Arrival.objects.values_list("organisation_id", flat=True)) == {unlucky}
    monkeypatch.setattr(run, "judge_organisation", judge)
    assert ingest.judge(now=LATER, at_once=2) == EACH
    assert Click.objects.count() == waiting
