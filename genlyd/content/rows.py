"""Rows of a form that can be added and removed without JavaScript: every button sends the whole form back."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import QueryDict

MOST_ROWS = 12
MOST_FACT, MOST_SOURCE, MOST_EXAMPLE = 300, 500, 3000


@dataclass
class Rows:
    """Facts as (text, source) and examples as texts, as they stand in the form: blank ones included."""

    facts: list[tuple[str, str]] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)

    def filled_facts(self) -> list[tuple[str, str]]:
        return [(text, source) for text, source in self.facts if text]

    def filled_examples(self) -> list[str]:
        return [text for text in self.examples if text]

    def change(self, deed: str) -> bool:
        """Do what an add or remove button says. False if `deed` is none of those."""
        verb, _, number = deed.partition(":")
        if verb == "add_fact":
            self.facts.append(("", ""))
        elif verb == "add_example":
            self.examples.append("")
        elif verb == "remove_fact" and number.isdecimal():
            del self.facts[int(number) : int(number) + 1]
        elif verb == "remove_example" and number.isdecimal():
            del self.examples[int(number) : int(number) + 1]
        else:
            return False
        return True


def read(post: QueryDict) -> Rows:
    texts, sources = post.getlist("fact"), post.getlist("source")
    pairs = zip(texts, [*sources, *[""] * len(texts)], strict=False)
    return Rows(
        facts=[(text.strip()[:MOST_FACT], source.strip()[:MOST_SOURCE]) for text, source in pairs][
            :MOST_ROWS
        ],
        examples=[text.strip()[:MOST_EXAMPLE] for text in post.getlist("example")][:MOST_ROWS],
    )
