"""The tables: Japanese sentences with blanks, and the same in English. What else has both languages stands where it is defined:
findings, requirements, rules."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from harness.catalogue.findings import findings
from harness.catalogue.requirements import all_requirements
from harness.contract.messages import Kind, Mode
from harness.contract.processing_status import status_tables
from harness.contract.resources import toml
from harness.contract.statement import accepted
from harness.model.rules import rules

_CATALOGUE, _OF_LOAD = "harness.catalogue", ("gates.toml", "load_faults.toml")
_BLANK = re.compile(r"\{(\d+)\}")
# What is no word of its own: a particle, or marks. Names and whatever gateways say have those, too.
_PARTICLE = re.compile(r"[^\w]*(?:から|まで|[\u3041-\u3096])?[^\w]*|[^\w]*・[^\w]*")


@dataclass(frozen=True)
class Sentence:
    """parts: what stands before, between and after its blanks; joins: it has no word of its own, so that it is said only where all
    that it joins is."""

    parts: tuple[str, ...]
    en: str
    joins: bool = False

    @property
    def words(self) -> int:
        """How much of it is no blank."""
        return sum(map(len, self.parts))

    def read(self, text: str) -> Iterator[tuple[str, ...]]:
        """What may stand in its blanks, in each way in which the text can be this sentence."""
        return _fillings(text, self.parts)

    def filled(self, blanks: Sequence[str]) -> str:
        """In English."""
        return _BLANK.sub(lambda blank: blanks[int(blank[1])], self.en)


@cache
def tables() -> dict[str, dict[str, str]]:
    """Name of a table → its rows."""
    return {
        file.name: tomllib.loads(file.read_text(encoding="utf-8"))
        for file in sorted((files("harness.languages") / "tables").iterdir(), key=lambda file: file.name)
        if file.name.endswith(".toml")
    }


@cache
def sentences_of() -> tuple[Sentence, ...]:
    """Those with blanks."""
    rows = (row for table in tables().values() for row in table.items())
    return tuple(_sentence(ja, en) for ja, en in rows if _BLANK.search(ja))


@cache
def whole() -> Mapping[str, str]:
    """Those without; headings and next steps of findings, sentences of requirements and rules among them."""
    of_findings = {row.ja: row.en for row in findings().values()}
    of_findings |= {row.next: row.next_en for row in findings().values()}
    of_requirements = {row.ja: row.en for row in all_requirements().values()}
    of_rules = {row.ja: row.en for row in rules().values()}
    plain = {ja: en for table in tables().values() for ja, en in table.items() if not _BLANK.search(ja)}
    of_load = {row["ja"]: row["en"] for name in _OF_LOAD for row in toml(name, room=_CATALOGUE).values()}
    return {**plain, **of_load, **of_rules, **of_requirements, **of_findings}


@cache
def names() -> frozenset[str]:
    """Words of the contract: what a message, a status or a statement says by them stays as it is said there."""
    declared = (word for words in accepted().values() for word in words)
    statuses = (status for table in status_tables().values() for status in table.statuses)
    return frozenset([*Kind, *Mode, *declared, *statuses])


def _sentence(ja: str, en: str) -> Sentence:
    parts = tuple(_BLANK.split(ja)[::2])
    return Sentence(parts, en, all(map(_PARTICLE.fullmatch, parts)))


def _fillings(text: str, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    first, *following = parts
    if not text.startswith(first):
        return
    rest = text[len(first) :]
    if len(following) == 1:
        if rest.endswith(following[0]):
            yield (rest[: len(rest) - len(following[0])],)
        return
    at, last = rest.find(following[0]), _last(rest, following)
    while 0 <= at <= last:
        for more in _fillings(rest[at:], tuple(following)):
            yield (rest[:at], *more)
        at = rest.find(following[0], at + 1)


def _last(text: str, parts: Sequence[str]) -> int:
    """The last place of the first part before which nothing is tried in vain: all others follow it; -1 where there is none."""
    end = len(text) - len(parts[-1]) if text.endswith(parts[-1]) else -1
    for part in reversed(parts[:-1]):
        end = text.rfind(part, 0, end) if end >= 0 else -1
    return end
