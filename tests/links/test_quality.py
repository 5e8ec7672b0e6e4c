from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from genlyd.cli import main
from genlyd.links import report
from genlyd.links.domain import verdict as names
from genlyd.links.domain.quality import Score, scores
from genlyd.links.quality import PEOPLE, agents, scenes

ROOT = Path(__file__).resolve().parents[2]


def test_scores_of_people_and_programs() -> None:
    judged = [(True, True), (True, True), (True, False), (False, True), (False, False)]
    people, programs = scores(judged)
    assert people == Score(right=2, wrong=1, missed=1)
    assert programs == Score(right=1, wrong=1, missed=1)
    assert (people.precision, people.recall, people.f1) == (2 / 3, 2 / 3, 2 / 3)
    assert Score().precision is Score().recall is Score().f1 is None
    assert people + programs == Score(3, 2, 2)


def test_data_is_large_enough_and_says_where_it_is_from() -> None:
    known = agents()
    assert len(known) >= 300
    assert len({agent.text for agent in known}) == len(known)
    assert all(agent.source for agent in known)
    held_out = Counter(agent.is_person for agent in known if agent.held_out)
    assert min(held_out.values()) >= 100
    assert {agent.kind for agent in known} >= PEOPLE
    assert len(scenes()) >= 12


def test_no_person_is_taken_for_a_program_by_the_browser() -> None:
    assert [agent.text for agent in agents() if agent.is_person and agent.verdict] == []


def test_few_programs_pass_for_people() -> None:
    _people, programs = scores([(agent.is_person, not agent.verdict) for agent in agents() if agent.held_out])
    assert programs.recall is not None
    assert programs.recall >= 0.95


def test_programs_our_lists_are_written_from_are_called_by_their_name() -> None:
    named = {(agent.kind, agent.verdict) for agent in agents() if not agent.held_out}
    assert named == {("preview", names.PREVIEW), ("mail scanner", names.SCANNER)}


def test_scenarios_show_every_step_but_the_orphans() -> None:
    seen = {one.verdict for scene in scenes() for _by, one in scene.clicks}
    assert seen == set(names.VERDICTS) - {names.ORPHAN}


@pytest.mark.parametrize(
    "name",
    ["Browser that fetches ahead", "Double click", "Office behind one address", "Mail filter that opens all",
     "Sharer who tries", "Click farm: one link", "Person who comes back after 31"],
)  # fmt: skip
def test_scenario_is_judged_rightly(name: str) -> None:
    found = [scene for scene in scenes() if scene.name.startswith(name)]
    assert found
    assert all(scene.is_right for scene in found)


def test_reference_says_what_the_rules_do() -> None:
    written = (ROOT / report.PAGE).read_text(encoding="utf-8")
    assert report.page(written) == written, "run: django write_verdicts"
    assert all(f"| `{name}` |" in written for name in names.VERDICTS)


def test_command_prints_the_figures_and_what_is_misjudged(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["verdicts"]) == 0
    printed = capsys.readouterr().out
    assert "precision" in printed
    listed = {agent.text for agent in agents() if printed.count(f"  {agent.text}\n")}
    assert listed == {agent.text for agent in agents() if not agent.is_right}
