"""Every server has limits of its own, and the composer counts with those of the person's own server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.networks.contract import Message
from genlyd.networks.domain.counting import mastodon_length
from genlyd.networks.mastodon.domain.allowed import MOST, Limits, read, stored
from genlyd.networks.models import Account
from genlyd.networks.registry import NETWORKS

MASTODON = NETWORKS["mastodon"]
#: docs.joinmastodon.org/methods/instance#v2
ANSWER = {
    "configuration": {
        "statuses": {"max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23},
        "media_attachments": {
            "description_limit": 1500, "image_matrix_limit": 33177600, "image_size_limit": 16777216,
        },
    }
}  # fmt: skip


def test_limits_are_read_from_the_server_s_own_description() -> None:
    assert read(ANSWER) == Limits()
    longer = {"configuration": {**ANSWER["configuration"], "statuses": {"max_characters": 5000}}}
    assert read(longer) == Limits(characters=5000)
    assert read({"max_toot_chars": 11_000}) == Limits(characters=11_000)


@pytest.mark.parametrize("answer", [{}, {"configuration": []}, {"configuration": {"statuses": None}}])
def test_what_does_not_speak_mastodon_is_told_apart(answer: dict) -> None:
    assert read(answer) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: st.dictionaries(
            st.sampled_from(["configuration", "statuses", "media_attachments", "max_characters", "limits"]),
            inner,
        ),
        max_leaves=8,
    )
)
def test_a_hostile_description_breaks_nothing(answer: object) -> None:
    if isinstance(answer, dict):
        found = read(answer)
        assert found is None or 0 < found.characters <= MOST
        assert 0 < stored(answer).characters <= MOST


def test_the_composer_counts_as_the_person_s_own_server_does() -> None:
    message = Message(text="Hej " * 150, link="https://g.example/k3f9bcd")
    [here] = MASTODON.counts(message)
    own = Account(network="mastodon", options={"limits": {"characters": 1000, "url": 40}})
    [there] = MASTODON.counts(message, own)
    assert (here.used, here.most, here.fits) == (599 + 2 + 23, 500, False)
    assert (there.used, there.most, there.fits) == (599 + 2 + 40, 1000, True)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        # docs.joinmastodon.org/user/posting: an address counts 23, of a far mention only the name.
        ("https://fjordkraft.example/" + "x" * 300, 23),
        ("@pia@mastodon.social hej", 8),
        ("👨‍👩‍👧‍👦", 1),
        ("å", 1),
    ],
)
def test_length_is_counted_as_documented(text: str, length: int) -> None:
    assert mastodon_length(text) == length
