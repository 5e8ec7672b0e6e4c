"""What every network says about itself: complete, and true to what it has built."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from genlyd.networks.contract import CardFrom, Message, Network, PictureWay, SignIn, Unknown
from genlyd.networks.domain.outcome import Kind
from genlyd.networks.domain.permalink import is_permalink
from genlyd.networks.registry import NETWORKS
from genlyd.sharing.words import PROBLEMS

LINK = "https://go.fjordkraft.example/k1"
TEXT = "I går løftede den første vinge sig over Esbjerg havn. 👩‍👩‍👧‍👦 Æøå!"
MESSAGES = [
    Message(text=TEXT), Message(text=TEXT, link=LINK, title="Første mølle"),
    Message(text=TEXT, link=LINK, has_picture=True), Message(text=f"  {TEXT}\n\n\n{TEXT}  "),
]  # fmt: skip
SENTENCES = 2
every_network = pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
posting = [network for network in NETWORKS.values() if network.posts_by_itself and not network.practice]
every_posting_network = pytest.mark.parametrize("network", posting, ids=lambda network: network.key)


def in_both(text: object) -> tuple[str, str]:
    with override("en"):
        english = str(text)
    with override("da"):
        return english, str(text)


@every_network
def test_it_has_a_name_and_stands_under_its_key(network: Network) -> None:
    assert NETWORKS[network.key] is network
    assert network.key.isidentifier()
    assert all(in_both(network.name))


@every_network
@pytest.mark.parametrize("message", MESSAGES, ids=["text", "link", "picture", "spaces"])
def test_by_hand_there_is_always_a_text_and_an_address_to_open(network: Network, message: Message) -> None:
    over = network.hand_over(message)
    assert TEXT in over.text
    assert over.url.startswith(
        {"email": "mailto:", "signature": "", "elsewhere": "", "practice": ""}.get(network.key, "https://")
    )
    if message.link:
        assert message.link in over.text or over.brings_link


@every_network
@pytest.mark.parametrize("message", MESSAGES, ids=["text", "link", "picture", "spaces"])
def test_what_is_written_holds_the_words_and_loses_no_link(network: Network, message: Message) -> None:
    written = network.written(message)
    assert TEXT in written
    assert written == written.strip()
    if message.link and network.capabilities.card is CardFrom.NONE:
        assert message.link in written
    if message.has_picture and network.posts_by_itself:
        assert message.link in written


@every_network
def test_its_limits_grow_with_the_text_and_name_their_unit(network: Network) -> None:
    first, *others = network.counts(Message(text="a"))
    assert first.used > 0
    assert all(count.fits for count in (first, *others))
    for limit in network.limits:
        assert all(in_both(limit.unit))
        if not limit.count("a"):
            continue  # It counts something else than letters: links, say.
        assert limit.count("a" * limit.most) == limit.most
        assert limit.count("a" * (limit.most + 1)) > limit.most


@every_network
def test_capabilities_are_those_of_what_is_built(network: Network) -> None:
    able = network.capabilities
    assert able.text or able.picture_required
    assert not (able.picture_required and able.picture is PictureWay.NO)
    built = network.posts_by_itself
    assert bool(network.sign_ins) is (built and not network.practice)
    assert (network.connector is not None) is (SignIn.OAUTH in network.sign_ins)
    assert built or not (able.delete or able.edit)
    assert built or able.unknown is Unknown.ASK
    assert (network.reader is not None) or not (able.likes or able.comments or able.impressions)
    assert bool(str(able.token_life)) is built
    assert built or not network.errors


@every_network
def test_what_it_says_to_people_is_said_in_both_languages(network: Network) -> None:
    able = network.capabilities
    said = [able.token_life, able.approval, network.cost, *network.policy, *network.problems.values()]
    for text in filter(str, said):
        english, danish = in_both(text)
        assert english != danish, english


@every_network
@pytest.mark.parametrize(
    "url",
    ["http://{}/post/1", "https://{}", "https://{}.evil.example/post/1", "https://evil.example/{}/post/1"],
)
def test_what_is_no_address_of_a_post_is_not_taken_for_one(network: Network, url: str) -> None:
    for host in network.hosts:
        assert not is_permalink(url.format(host), network.hosts)
        assert is_permalink(f"https://{host}/post/1", network.hosts)


@every_posting_network
def test_every_error_that_is_documented_tells_the_person_what_to_do(network: Network) -> None:
    assert network.errors
    for error in network.errors:
        assert error.source.strip(), error
        text = network.problems.get(error.problem) or PROBLEMS.get(error.problem)
        assert text, f"{network.key}: {error.code}: {error.problem} has no words"
        for said in in_both(text):
            # What happened, and what to do: two sentences at the least.
            assert len(re.findall(r"[.!?](?:\s|$)", said)) >= SENTENCES, said


@every_posting_network
def test_no_error_is_called_success_and_a_server_in_trouble_proves_nothing(network: Network) -> None:
    for error in network.errors:
        assert error.kind is not Kind.PUBLISHED, error
        if error.status >= 500:
            assert error.kind in {Kind.UNKNOWN, Kind.WAIT, Kind.NOT_SENT}, error


@every_posting_network
def test_a_rate_limit_is_among_the_errors(network: Network) -> None:
    assert any(error.kind is Kind.WAIT for error in network.errors)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_general_problem_says_what_happened_and_what_to_do(problem: str) -> None:
    for said in in_both(PROBLEMS[problem]):
        assert len(re.findall(r"[.!?](?:\s|$)", said)) >= SENTENCES, said
