"""Every error that the Meta networks document: what it means, and whether it proves that nothing was published."""

from __future__ import annotations

import pytest

from genlyd.networks.contract import Documented, Network
from genlyd.networks.domain.outcome import Kind
from genlyd.networks.instagram.domain.errors import MEANINGS as INSTAGRAM
from genlyd.networks.meta.domain.errors import GraphError, Meaning, judge_preparing, judge_publishing
from genlyd.networks.registry import NETWORKS
from genlyd.networks.threads.domain.errors import MEANINGS as THREADS
from genlyd.sharing.words import PROBLEMS

MEANINGS = {"threads": THREADS, "instagram": INSTAGRAM}
DOCUMENTED = [
    pytest.param(NETWORKS[key], one, id=f"{key}-{one.code}")
    for key in MEANINGS
    for one in NETWORKS[key].errors
]


def error_of(one: Documented) -> GraphError:
    code, _slash, subcode = one.code.partition("/")
    if not code.lstrip("-").isdecimal():
        return GraphError(status=one.status, code=100, message=one.code)
    return GraphError(status=one.status, code=int(code), subcode=int(subcode or 0))


@pytest.mark.parametrize(("network", "one"), DOCUMENTED)
def test_a_documented_error_means_what_the_table_says_and_is_worded(
    network: Network, one: Documented
) -> None:
    judge = judge_publishing if one.kind is Kind.UNKNOWN else judge_preparing
    outcome = judge(error_of(one), MEANINGS[network.key])
    assert (outcome.kind, outcome.problem) == (one.kind, one.problem)
    assert one.problem in {*network.problems, *PROBLEMS}


@pytest.mark.parametrize(("network", "one"), DOCUMENTED)
def test_of_the_publishing_call_only_the_door_is_certain(network: Network, one: Documented) -> None:
    outcome = judge_publishing(error_of(one), MEANINGS[network.key])
    certain = one.problem in {"reconnect", "permission"}
    assert outcome.kind is (Kind.RECONNECT if certain else Kind.UNKNOWN)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (GraphError(status=502), Kind.NOT_SENT),
        (GraphError(status=429), Kind.WAIT),
        (GraphError(status=400, code=77777), Kind.REJECTED),
        (GraphError(status=400, code=77777, transient=True), Kind.NOT_SENT),
        (GraphError(status=500, code=77777), Kind.NOT_SENT),
        (GraphError(status=400, code=190, subcode=99999), Kind.RECONNECT),
        (GraphError(status=400, code=4, subcode=99999), Kind.WAIT),
    ],
)
def test_what_nobody_documented_may_be_repeated_while_nothing_shows_and_is_unknown_once_it_may(
    error: GraphError, kind: Kind
) -> None:
    assert judge_preparing(error).kind is kind
    assert judge_publishing(error).kind is (Kind.RECONNECT if kind is Kind.RECONNECT else Kind.UNKNOWN)


def test_a_permission_that_a_broken_server_speaks_of_proves_nothing() -> None:
    assert judge_publishing(GraphError(status=500, code=190)).kind is Kind.UNKNOWN
    assert judge_publishing(GraphError(status=400, code=10, transient=True)).kind is Kind.UNKNOWN


def test_the_more_exact_meaning_comes_first() -> None:
    special = {"4/1": Meaning(Kind.REJECTED, "x")}
    assert judge_preparing(GraphError(status=400, code=4, subcode=1), special).problem == "x"
