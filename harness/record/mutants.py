"""What mutants came to: how many the model of the contract convicts, and why it does not convict the others."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.resources import files
from typing import Final, Self

from harness.catalogue.verdicts import Exit

WANTED: Final = 0.98


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

    def fits(self, row: Judged) -> bool:
        """Is it about this one?"""
        given = (row.way, self.way), (row.member, self.member), (row.change, self.change)
        return all(any(fnmatchcase(said, one) for one in pattern.split("|")) for said, pattern in given)


@dataclass(frozen=True)
class Reasons:
    """All that are known, the first that fits counts."""

    rows: tuple[Reason, ...]

    @classmethod
    def published(cls) -> Self:
        """Of harness/record/survivors.toml."""
        text = files(__package__).joinpath("survivors.toml").read_text(encoding="utf-8")
        return cls(tuple(Reason(**row) for row in tomllib.loads(text)["survivor"]))

    def of(self, row: Judged) -> str:
        """Why this one survives; empty where nobody knows."""
        return next((f"{one.see} {one.why}" for one in self.rows if one.fits(row)), "")


@dataclass(frozen=True)
class Mutants:
    """The whole. `explained`: survivors that are no mutants, with the reason; `part`: K/N of those that there are, empty for all."""

    rows: tuple[Judged, ...]
    explained: Mapping[Judged, str]
    part: str
    seconds: float

    @classmethod
    def of(cls, rows: Sequence[Judged], reasons: Reasons, part: str, seconds: float) -> Self:
        """With the reasons of those that survived."""
        known = {row: why for row in rows if not row.convicted and (why := reasons.of(row))}
        return cls(tuple(sorted(rows, key=lambda row: row.name)), known, part, seconds)

    @property
    def counted(self) -> tuple[Judged, ...]:
        """Those that the contract forbids."""
        return tuple(row for row in self.rows if row not in self.explained)

    @property
    def survivors(self) -> tuple[Judged, ...]:
        """Of these, the ones that were not convicted."""
        return tuple(row for row in self.counted if not row.convicted)

    @property
    def share(self) -> float:
        """How many of them are convicted; 0 where there are none."""
        return 1 - len(self.survivors) / len(self.counted) if self.counted else 0.0

    @property
    def exit(self) -> Exit:
        """1 where too many survive."""
        return Exit.CONFORMS if self.share >= WANTED else Exit.DOES_NOT_CONFORM
