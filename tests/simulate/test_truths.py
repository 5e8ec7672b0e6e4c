from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from genlyd.cli.simulate.truths import DEMO, BadTruths, load, parse


@pytest.fixture
def demo() -> dict[str, Any]:
    return tomllib.loads(DEMO.read_text(encoding="utf-8"))


def test_the_demo_truths_can_be_read() -> None:
    truths = load()
    assert truths.effects.picture_of_a_person == 1.55
    assert truths.effects.weekday[5] == 0.6


def test_a_missing_truth_is_named(demo: dict[str, Any]) -> None:
    del demo["visits"]["noise"]
    with pytest.raises(BadTruths, match=r"visits\.noise is missing"):
        parse(demo)


def test_an_unknown_truth_is_named(demo: dict[str, Any]) -> None:
    demo["effects"]["luck"] = 2
    with pytest.raises(BadTruths, match=r"effects\.luck is not a truth"):
        parse(demo)


@pytest.mark.parametrize("value", [1, 1.2, -0.1, "half"])
def test_a_share_outside_its_range_is_refused(demo: dict[str, Any], value: object) -> None:
    demo["bots"]["share"] = value
    with pytest.raises(BadTruths, match=r"bots\.share is a share"):
        parse(demo)


def test_a_week_needs_seven_days(demo: dict[str, Any]) -> None:
    del demo["habits"]["weekday"]["sunday"]
    with pytest.raises(BadTruths, match=r"habits\.weekday must name the seven days"):
        parse(demo)


def test_networks_must_agree(demo: dict[str, Any]) -> None:
    demo["effects"]["network"]["xing"] = 0.5
    with pytest.raises(BadTruths, match="same networks"):
        parse(demo)


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text("people = [", encoding="utf-8")
    with pytest.raises(BadTruths, match=r"broken\.toml"):
        load(path)
