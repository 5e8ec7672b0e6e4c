import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genlyd.networks.domain.urls import find_urls
from genlyd.networks.linkedin.domain.little import RESERVED, escape, read, written
from genlyd.networks.linkedin.domain.post import body
from tests.servers.linkedin import little as theirs

PIECES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        [*RESERVED, "\\(", "#job", "# job", "#1", "{hashtag|\\#|job}", "a_b", "@[Eva](urn:li:person:1)"]
    ),
    st.sampled_from(["https://g.example/k3f#top", " ", "\n\n", "æøå 🇩🇰", "#grøn_energi", "##", "#a#b"]),
)


@given(st.lists(PIECES, max_size=10).map("".join))
@example("Vi søger (igen!) folk [nu] — 50 % mere_end * før ~ se #GrønEnergi, #job2026. \\o/")
def test_words_come_through_whole(text: str) -> None:
    sent = written(text)
    assert read(sent) == text
    # LinkedIn's reading, written from its grammar: nothing is cut off.
    assert theirs.read(sent) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_text_holds_no_element(text: str) -> None:
    assert theirs.read(escape(text)) == text
    assert "{hashtag" not in escape(text).replace("\\{hashtag", "")


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Vi søger #teknikere!", ["teknikere"]),
        ("#grøn_energi og #Job2026", ["grøn\\_energi", "Job2026"]),
        ("Vi er #1 i Esbjerg, C# og a#b", []),
        ("https://fjordkraft.example/a#afsnit", []),
        ("&#æ; ##job #job#nu", []),
    ],
)
def test_hashtags_become_hashtags_and_nothing_else_does(text: str, tags: list[str]) -> None:
    sent = body(author="urn:li:person:a", text=text)["commentary"]
    assert [part.split("}")[0] for part in sent.split("{hashtag|\\#|")[1:]] == tags
    assert theirs.read(sent) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_an_address_keeps_every_character(before: str) -> None:
    text = f"{before} https://go.fjordkraft.example/k3f_9(b)~x*#y "
    sent = body(author="urn:li:person:a", text=text)["commentary"]
    assert theirs.read(sent) == text
    assert find_urls(theirs.read(sent)) == find_urls(text)


def test_the_double_cuts_as_linkedin_does() -> None:
    assert theirs.read("Va al repo (durable) og mere") == "Va al repo "
    assert theirs.read("Hej #job og @[Eva Å](urn:li:person:1)!") == "Hej #job og Eva Å!"
    assert theirs.read("50 % *rabat*") == "50 % "
