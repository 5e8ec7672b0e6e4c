import pytest

from genlyd.networks.domain.shape import fits
from genlyd.networks.instagram.domain.caption import hashtags, names
from genlyd.networks.instagram.domain.errors import spoilt
from genlyd.networks.instagram.publisher import SHAPES


@pytest.mark.parametrize(
    ("text", "tags", "people"),
    [
        ("", 0, 0),
        ("#vind og #grøn_energi, #1 og C# og &#230;", 2, 0),
        ("Tak @pia.hansen og @anders! Skriv til mig@fjordkraft.example", 0, 2),
        ("#" * 40, 0, 0),
    ],
)
def test_hashtags_and_names_are_counted_as_a_reader_sees_them(text: str, tags: int, people: int) -> None:
    assert (hashtags(text), names(text)) == (tags, people)


@pytest.mark.parametrize(
    ("size", "taken"),
    [
        ((1080, 1350), True),
        ((1080, 566), True),
        ((1080, 1080), True),
        ((1080, 1920), False),
        ((1200, 600), False),
    ],
)
def test_shapes_from_upright_to_across(size: tuple[int, int], taken: bool) -> None:  # noqa: FBT001
    assert fits(size[0] / size[1], SHAPES) is taken


def test_any_shape_is_taken_where_none_is_asked_for() -> None:
    assert fits(12.0, None)


def test_the_reason_of_a_broken_container_is_in_its_sentence() -> None:
    assert spoilt("Error: Media upload has failed with error code 2207004").problem == "picture_too_large"
    assert spoilt("Error: 2207053, then 2207009").problem == "picture_shape"
    assert spoilt("Something else").problem == "picture_not_taken"
