"""Every word of a template can be translated."""

import re
from pathlib import Path

import pytest

from tests.architecture.marked import has_words, unmarked, unmarked_in

GENLYD = Path(__file__).resolve().parents[2] / "genlyd"
#: Names that are the same in every language.
NAMES = re.compile(r"\b(Genlyd|LinkedIn|Bluesky|Nordvang Energi)\b")
#: For those who develop Genlyd, in English as the code is.
FOR_DEVELOPERS = "ui/templates/ui/catalogue/"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Hello</p>", "Hello"),
        ('{% if 1 %}<img alt="A boat">{% endif %}', "A boat"),
        ('{% badge "New" %}', "New"),
        ('{% include "x.html" with label="Send" %}', "Send"),
        ('{{ name|default:"Nobody" }}', "Nobody"),
        ("{% blocktranslate %}Fine{% endblocktranslate %} not fine", "not fine"),
    ],
)
def test_words_without_a_mark_are_found(source: str, words: str) -> None:
    assert [found for _line, found in unmarked_in("\n" + source)] == [words]
    assert unmarked_in("\n" + source)[0][0] == 2


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Hello" %}{# Hello #}{% comment %}Hello{% endcomment %}',
        '{% blocktranslate %}Hello{% endblocktranslate %}<!-- Hello --><i class="Hello there">&nbsp;</i>',
        '{% badge _("New") %}{{ name|default:_("Nobody") }}{{ day|date:"j. F" }}',
        "<script>let hello</script>",
    ],
)
def test_marked_words_and_code_are_not_found(source: str) -> None:
    assert unmarked_in(source) == []


def test_every_word_of_every_template_is_marked_for_translation() -> None:
    found = [
        f"{path.relative_to(GENLYD)}:{line}: {words}"
        for path in sorted(GENLYD.glob("**/templates/**/*.html"))
        if not path.is_relative_to(GENLYD / FOR_DEVELOPERS)
        for line, words in unmarked(path)
        if has_words(NAMES.sub("", words))
    ]
    assert not found, "\n".join(found)
