from hypothesis import given
from hypothesis import strategies as st

from genlyd.base.sorting import sort_key

NAMES = ["Åse", "Aabenraa", "Ærø", "Østergaard", "zebra", "Éva", "Evald", "Öberg", "Ägir", "Müller", "Mynte"]


def test_sort_key_puts_danish_letters_last_and_ignores_accents() -> None:
    assert sorted(NAMES, key=sort_key) == [
        "Éva", "Evald", "Müller", "Mynte", "zebra", "Ägir", "Ærø", "Öberg", "Østergaard", "Aabenraa", "Åse",
    ]  # fmt: skip


@given(st.text(alphabet="abcæøåAÆØÅ éü", max_size=8))
def test_sort_key_is_the_same_for_either_case(name: str) -> None:
    assert sort_key(name.upper()) == sort_key(name.lower()) == sort_key(name)
