"""Names whose kanji and kana belong together, from Faker's ja_JP pairs kept as a table."""

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Final

from harness.residents.difficult_characters import SURNAMES
from harness.residents.draw import Draw
from harness.residents.people import Sex

# One household in eight: in a feature's dozen of residents some name is difficult (own).
DIFFICULT_ONE_IN: Final = 8

_DIFFICULT: Final = tuple(SURNAMES)


@dataclass(frozen=True, slots=True)
class Name:
    """A surname or a given name: as written, and in full-width katakana."""

    written: str
    kana: str


@dataclass(frozen=True, slots=True)
class NameTable:
    """Surnames with their cumulated number of bearers, and given names by sex."""

    families: tuple[Name, ...]
    bearers: tuple[int, ...]
    given: Mapping[Sex, tuple[Name, ...]]


@cache
def name_table() -> NameTable:
    """The names in data/names.tsv. Kept as a file: importing Faker costs 0.25 s, and a pinned
    table keeps the same resident under the same (seed, index) when Faker changes."""
    text = (files(__package__) / "data" / "names.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    families = [row for row in rows if row[0] == "family"]
    return NameTable(
        tuple(Name(row[1], row[2]) for row in families),
        tuple(accumulate(int(row[3]) for row in families)),
        {sex: tuple(Name(row[1], row[2]) for row in rows if row[0] == sex.name.lower()) for sex in Sex},
    )


def surname_with(character: str) -> Name:
    """The surname that carries a difficult character; KeyError for a character of addresses."""
    return Name(*SURNAMES[character])


def pick_family(choices: Draw, difficult_field: int, field: int) -> Name:
    """A surname: one in eight carries a difficult character, the others are as frequent as in Japan."""
    if choices.below(difficult_field, DIFFICULT_ONE_IN) == 0:
        return surname_with(_DIFFICULT[choices.below(field, len(_DIFFICULT))])
    table = name_table()
    return table.families[bisect_right(table.bearers, choices.below(field, table.bearers[-1]))]


def pick_given(choices: Draw, field: int, sex: Sex, taken: Collection[str]) -> Name:
    """A given name of that sex that nobody in `taken` (as written) bears (own)."""
    names = name_table().given[sex]
    first = choices.below(field, len(names))
    rotated = (names[(first + step) % len(names)] for step in range(len(names)))
    return next(name for name in rotated if name.written not in taken)
