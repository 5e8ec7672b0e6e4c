"""The order of names: Danish, and the same on every PostgreSQL.

A database sorts as it was set up to, often by code point, where Å stands before Æ and Ø. So what is sorted by is a
column of its own, compared byte by byte: æ, ø and å are written as the three characters that follow z.
"""

from __future__ import annotations

from django.db.models import Func, GeneratedField, TextField, Value
from django.db.models.functions import Lower, Replace

#: Letter -> what it is sorted as. Both cases, because not every database lowers letters beyond z.
_AS = {
    "{": "æä", "|": "øöő", "}": "å",
    "a": "áàâãăą", "c": "çćč", "d": "ďđð", "e": "éèêëěęė", "g": "ğ", "i": "íìîïıį", "l": "ł", "n": "ñńňņ",
    "o": "óòôõ", "r": "řŕ", "s": "śšşș", "t": "ťțţ", "u": "úùûůų", "y": "üűýÿ", "z": "źżž",
}  # fmt: skip
_PAIRS = {case: to for to, letters in _AS.items() for letter in letters for case in (letter, letter.upper())}
# ı has the plain I as its capital: that one is lowered already.
_PAIRS.pop("I")
_TABLE = str.maketrans(_PAIRS)


def sort_key(text: str) -> str:
    """What `text` is sorted as, where Python sorts: Aa is Å, ü is y, accents do not count."""
    return text.lower().translate(_TABLE).replace("aa", "}")


def sorted_as(field: str) -> GeneratedField:
    """A column that holds the sort key of another, kept by the database whoever writes the row."""
    letters, plain = "".join(_PAIRS), "".join(_PAIRS.values())
    folded = Func(Lower(field), Value(letters), Value(plain), function="translate")
    return GeneratedField(
        expression=Replace(folded, Value("aa"), Value("}")),
        output_field=TextField(db_collation="C"),
        db_persist=True,
    )
