"""How well people and programs are told apart: counts, precision, recall and their mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """Of one class. `right`: named so, and so it is. `wrong`: named so, but is not. `missed`: is so, but not named."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """None when nothing was named so."""
        return _share(self.right, self.wrong)

    @property
    def recall(self) -> float | None:
        """None when nothing is so."""
        return _share(self.right, self.missed)

    @property
    def f1(self) -> float | None:
        return _share(2 * self.right, self.wrong + self.missed)


def _share(right: int, rest: int) -> float | None:
    return right / (right + rest) if right + rest else None


def scores(judged: list[tuple[bool, bool]]) -> tuple[Score, Score]:
    """For people and for programs, from (is a person, was taken for one)."""
    both = sum(is_so and taken for is_so, taken in judged)
    taken_wrongly = sum(taken and not is_so for is_so, taken in judged)
    overlooked = sum(is_so and not taken for is_so, taken in judged)
    neither = len(judged) - both - taken_wrongly - overlooked
    return Score(both, taken_wrongly, overlooked), Score(neither, overlooked, taken_wrongly)
