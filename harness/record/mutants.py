"""What mutants came to: how many the model of the contract convicts, and why it does not convict the others."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final, Self

from harness.catalogue.verdicts import Exit

WANTED: Final = 0.98
WANTED_NAMED: Final = 0.9


@dataclass(frozen=True)
class Mutant:
    """`way`: which utterances; `member`; `change`: what is said instead; `narrowed`: to which of them."""

    way: str
    member: str
    change: str
    narrowed: str

    @property
    def name(self) -> str:
        """In one line."""
        return f"{self.way}: {self.member} → {self.change}（{self.narrowed}）"


@dataclass(frozen=True)
class Judged(Mutant):
    """`rule`, `requirement`: by which it was convicted first, empty where it survived; `tries`: in how many places of the record it
    was looked at."""

    tries: int
    rule: str = ""
    requirement: str = ""

    @property
    def convicted(self) -> bool:
        """Did the record show it?"""
        return bool(self.rule)


@dataclass(frozen=True)
class Reason:
    """Why mutants of a kind are none: patterns of what they are; `see`: where the contract leaves it free, or who sees it instead."""

    way: str
    member: str
    change: str
    see: str
    why: str
    narrowed: str = "*"

    def fits(self, row: Mutant) -> bool:
        """Is it about this one?"""
        given = (row.way, self.way), (row.member, self.member), (row.change, self.change)
        return all(_is_one_of(said, patterns) for said, patterns in (*given, (row.narrowed, self.narrowed)))


@dataclass(frozen=True)
class Sentence:
    """Which requirements a mutant of a kind breaks: patterns of what it is; `see`: where their sentence stands; `requirements`: patterns of
    ids."""

    way: str
    member: str
    change: str
    see: str
    requirements: str

    def names(self, row: Judged) -> bool:
        """Is it about this one, and is it one of these that convicted it?"""
        given = (row.way, self.way), (row.member, self.member), (row.change, self.change)
        return all(
            _is_one_of(said, patterns) for said, patterns in (*given, (row.requirement, self.requirements))
        )


@cache
def sentences() -> tuple[Sentence, ...]:
    """Of harness/record/blame.toml: all that fit a mutant count together."""
    return tuple(Sentence(**row) for row in _tables("blame.toml")["blame"])


@dataclass(frozen=True)
class NotMade:
    """A kind of fault of which no mutant is made; `why` no record shows it, `seen`: by what else it is."""

    kind: str
    why: str
    seen: str


@dataclass(frozen=True)
class Reasons:
    """All that are known, the first that fits counts."""

    rows: tuple[Reason, ...]
    not_made: tuple[NotMade, ...] = ()

    @classmethod
    def published(cls) -> Self:
        """Of harness/record/survivors.toml."""
        tables = _tables("survivors.toml")
        survivors = tuple(Reason(**row) for row in tables["survivor"])
        return cls(survivors, tuple(NotMade(**row) for row in tables["not_made"]))

    def of(self, row: Mutant) -> str:
        """Why this one survives; empty where nobody knows."""
        return next((f"{one.see} {one.why}" for one in self.rows if one.fits(row)), "")


@dataclass(frozen=True)
class Mutants:
    """The whole. `explained`: survivors that are no mutants, with the reason; `part`: K/N of those that there are, empty for all;
    `not_made`: what no record shows."""

    rows: tuple[Judged, ...]
    explained: Mapping[Judged, str]
    part: str
    seconds: float
    not_made: tuple[NotMade, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[Judged], reasons: Reasons, part: str, seconds: float) -> Self:
        """With the reasons of those that survived."""
        known = {row: why for row in rows if not row.convicted and (why := reasons.of(row))}
        return cls(tuple(sorted(rows, key=lambda row: row.name)), known, part, seconds, reasons.not_made)

    @cached_property
    def counted(self) -> tuple[Judged, ...]:
        """Those that the contract forbids."""
        return tuple(row for row in self.rows if row not in self.explained)

    @cached_property
    def survivors(self) -> tuple[Judged, ...]:
        """Of these, the ones that were not convicted."""
        return tuple(row for row in self.counted if not row.convicted)

    @cached_property
    def misnamed(self) -> tuple[Judged, ...]:
        """Those that are convicted first by a requirement whose sentence they do not break."""
        convicted = (row for row in self.rows if row.convicted)
        return tuple(row for row in convicted if not any(one.names(row) for one in sentences()))

    @property
    def share_named(self) -> float:
        """How many of those that are convicted are so first by what they break; 0 where there are none."""
        convicted = sum(row.convicted for row in self.rows)
        return 1 - len(self.misnamed) / convicted if convicted else 0.0

    @property
    def share(self) -> float:
        """How many of them are convicted; 0 where there are none."""
        return 1 - len(self.survivors) / len(self.counted) if self.counted else 0.0

    @property
    def exit(self) -> Exit:
        """1 where too many survive."""
        return Exit.CONFORMS if self.share >= WANTED else Exit.DOES_NOT_CONFORM


def _tables(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _is_one_of(said: str, patterns: str) -> bool:
    return any(fnmatchcase(said, pattern) for pattern in patterns.split("|"))
