"""Does the post itself say, clearly and early, that the writer works there?

Danish consumer ombudsman, case 18/05035: the employment must show in the post, not in a profile or at the end. A
mere mention of the name is no disclosure. Suggested wordings are offered, never added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from genlyd.rules.domain.findings import Span
from genlyd.rules.domain.phrases import nfc
from genlyd.rules.domain.settings import Disclosure

#: Clear by themselves. People write as they speak, so both languages are looked for in every text.
ALONE = (
    # Danish
    r"(?:på|til) (?:mit|vores) arbejde", r"på (?:mit|vores) job", r"(?:min|vores) arbejdsplads",
    r"(?:min|vores) arbejdsgiver", r"hvor jeg (?:selv )?(?:arbejder|er ansat)", r"mit job (?:i|hos|på|som|er)",
    r"i mit job", r"jeg er (?:selv )?(?:så heldig at være )?ansat", r"(?:vi|os|kolleger|kollegaer) her på arbejdet",
    r"#(?:reklame|annonce)", r"(?:reklame|annonce) for min arbejdsgiver",
    # English
    r"(?:at|from) (?:my|our) (?:work|job|workplace|office)", r"(?:my|our) (?:workplace|employer)",
    r"where i work", r"in my (?:job|work) (?:at|as|with)", r"my job (?:at|as|is)",
    r"(?:the )?(?:company|organisation|organization) i work (?:for|at)", r"#(?:ad|advert|advertisement|employee)",
)  # fmt: skip
#: Clear together with the organisation's name, which follows within a few words.
WITH_NAME = (
    # Danish
    r"(?:her )?hos os(?: alle)?(?: i| på| hos| ved)?", r"her (?:hos|i|på|ved)",
    r"(?:vi|os) (?:hos|i|på|fra)",
    r"(?:mine? )?(?:dygtige |gode |kære )?(?:kollega|kolleger|kollegaer) (?:hos|i|på|fra|ved)",
    r"jeg (?:selv )?(?:arbejder|er ansat|har arbejdet) (?:\w+ ){0,3}?(?:hos|i|på|for|ved)",
    # A customer or a guest is not employed.
    r"jeg er (?:ny )?(?!kunde|gæst|glad|vild|fan)\w+ hos",
    r"(?:som|er) (?:\w+ ){0,2}?(?:ansat|medarbejder) (?:hos|i|på|for|ved)", r"mit (?:arbejde|job) (?:hos|i|på|for|ved)",
    r"vores (?:hold|afdeling|team) (?:hos|i|på|ved)", r"(?:min|vores) (?:hverdag|arbejdsdag) (?:hos|i|på|ved)",
    # English
    r"(?:here )?at work (?:here )?(?:at|with|in)", r"here at",
    r"(?:we|us|all of us) (?:here )?at", r"i(?:'m| am|’m)? (?:\w+ ){0,3}?work(?:ing)? (?:at|for|with)",
    r"i work (?:\w+ ){0,4}?(?:at|for|with)", r"as an? (?!customer|guest|client|visitor)(?:\w+ ){1,3}?(?:at|for|with)",
    r"(?:my|our) (?:\w+ )?(?:team|colleagues?|job|work|role|department) (?:here )?(?:at|in|with)",
    r"(?:i'm|i am|i’m) an? (?!customer|guest|client|visitor)(?:\w+ ){1,3}?(?:at|with)",
    r"i(?:'m|’m| am| was)? (?:an )?employed? (?:\w+ )?(?:at|by|of)",
)  # fmt: skip
#: How Danish job titles end. "Montør hos Fjordkraft." is how people sign; "en montør hos Fjordkraft" is somebody else.
TITLES = (
    "tekniker", "montør", "ingeniør", "leder", "chef", "direktør", "assistent", "konsulent", "rådgiver", "specialist",
    "elev", "lærling", "praktikant", "studerende", "medarbejder", "udvikler", "smed", "elektriker", "mekaniker",
    "koordinator", "planlægger", "operatør", "analytiker", "sygeplejerske", "læge", "pædagog", "lærer", "sælger",
    "arkitekt", "designer", "jurist", "økonom", "bogholder", "redaktør", "journalist", "håndværker", "maskinmester",
)  # fmt: skip
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)|\n")


@dataclass(frozen=True)
class Verdict:
    present: bool
    early: bool
    span: Span | None


def _loose(phrase: str) -> str:
    """Any white space where the pattern has a blank."""
    return phrase.replace(" ", r"\s+")


def _name(name: str) -> str:
    """The name as written, or as a hashtag or mention without blanks; a Danish genitive may follow."""
    plain = r"\s+".join(re.escape(word) for word in name.split())
    joined = re.escape("".join(name.split()))
    return rf"(?:{plain}|[#@]{joined})(?:['’]?s)?"


def patterns(known: Disclosure) -> list[re.Pattern[str]]:
    alone = [*ALONE, *(re.escape(nfc(word)).replace(r"\ ", " ") for word in known.words)]
    made = [rf"(?<!\w)(?:{'|'.join(_loose(phrase) for phrase in alone)})(?!\w)"]
    names = "|".join(_name(nfc(name)) for name in known.names if name.strip())
    if names:
        relation = "|".join(_loose(phrase) for phrase in WITH_NAME)
        made.append(rf"(?<!\w)(?:{relation})\s+(?:[\w'’\-]+\s+){{0,2}}?(?:{names})(?!\w)")
        title = rf"\w*(?:{'|'.join(TITLES)})"
        made.append(rf"(?:(?<!\w)som\s+|^\W*|(?<=[.!?…]\s)){title}\s+(?:hos|i|på|ved)\s+(?:{names})(?!\w)")
        # "Fjordkraft, where I work" is found by ALONE; "#teamfjordkraft" and "#livethosfjordkraft" are not words.
        joined = "|".join(re.escape("".join(nfc(name).split())) for name in known.names if name.strip())
        made.append(
            rf"#(?:team|ansati|ansathos|mitarbejdehos|livethos|livet|workat|weare|lifeat|vier)_?(?:{joined})(?!\w)"
        )
    return [re.compile(one, re.IGNORECASE | re.MULTILINE) for one in made]


def spans(text: str, known: Disclosure) -> list[Span]:
    """Every disclosure, merged and in order, as spans of the NFC-normalised text."""
    found = sorted(match.span() for one in patterns(known) for match in one.finditer(nfc(text)))
    merged: list[Span] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def first_sentence(text: str) -> int:
    """Where the first sentence with words in it ends."""
    for match in _SENTENCE_END.finditer(text):
        if re.search(r"\w", text[: match.start()]):
            return match.start()
    return len(text)


def judge(text: str, known: Disclosure) -> Verdict:
    normal = nfc(text)
    found = spans(normal, known)
    if not found:
        return Verdict(present=False, early=False, span=None)
    start = found[0][0]
    return Verdict(present=True, early=start < max(known.within, first_sentence(normal)), span=found[0])


def suggestions(names: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Natural wordings to begin with, in the language of the text."""
    if not names:
        return (
            ("På mit arbejde …", "Der, hvor jeg arbejder, …")
            if language == "da"
            else ("At my work, …", "Where I work, …")
        )
    name = names[0]
    if language == "da":
        return (f"Her hos {name}, hvor jeg arbejder, …", f"På mit arbejde hos {name} …", f"Hos os i {name} …")
    return (f"Here at {name}, where I work, …", f"At work at {name} …", f"I work at {name}, and …")
