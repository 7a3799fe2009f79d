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


@dataclass(frozen=True)
class Sentence:
    """parts: what stands before, between and after its blanks."""

    parts: tuple[str, ...]
    en: str

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
    return tuple(Sentence(tuple(_BLANK.split(ja)[::2]), en) for ja, en in rows if _BLANK.search(ja))


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


def _fillings(text: str, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    first, *following = parts
    if not text.startswith(first):
        return
    rest = text[len(first) :]
    if len(following) == 1:
        if rest.endswith(following[0]):
            yield (rest[: len(rest) - len(following[0])],)
        return
    at = rest.find(following[0])
    while at >= 0:
        for more in _fillings(rest[at:], tuple(following)):
            yield (rest[:at], *more)
        at = rest.find(following[0], at + 1)
