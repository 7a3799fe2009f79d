"""What the contract asks, sentence by sentence: each rule says where it is written and which requirement it belongs to."""

import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from harness.contract.law import bases, versions

_LOGS: Final = "§7"
# Names that rows of rules give by what the law room has: each version of the table, each basis of any kind.
_NAMED: Final[Mapping[str, Callable[[], tuple[str, ...]]]] = MappingProxyType(
    {"{版}": versions, "{根拠}": bases}
)
ByBeginning = tuple[tuple[str, tuple[str, ...]], ...]  # of alternatives → names


@dataclass(frozen=True, slots=True)
class Rule:
    """`id`; `requirement`: which it convicts; `see`: section of the guide; `ja`, `en`: the sentence in the guide's words;
    `code`: of the finding (findings.toml); `alternatives`: the ways in which it can be met or broken, each of which a run has to give an
    occasion for; `contract`: since which version; `needs`: beginning of alternatives → what a statement must declare (`list:name`;
    `contract:2` of its version) for them to have an occasion; `lacks`: the same → names (several joined by +) of which one at least
    must not be declared for them."""

    id: str
    requirement: str
    see: str
    ja: str
    en: str
    code: str
    alternatives: tuple[str, ...]
    needs: ByBeginning = ()
    contract: str = "1"
    lacks: ByBeginning = ()

    def open_to(self, declared: Collection[str]) -> tuple[str, ...]:
        """The alternatives that a gateway which declares this (list:name) can be given an occasion for."""
        return tuple(name for name in self.alternatives if self._is_open(name, declared))

    def _is_open(self, alternative: str, declared: Collection[str]) -> bool:
        if alternative in bases() and f"tables:{alternative}" not in declared:
            return False  # nothing can be asked under a table that is not declared
        if any(name not in declared for names in _of(self.needs, alternative) for name in names):
            return False
        return all(
            any(_undeclared(name, declared) for name in names) for names in _of(self.lacks, alternative)
        )


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by id, from the tables beside this file. Raises ValueError for an id that stands twice."""
    found: dict[str, Rule] = {}
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        for id_, row in tomllib.loads(file.read_text(encoding="utf-8")).items():
            if id_ in found:
                raise ValueError(f"{file.name}: {id_} stands twice")
            found[id_] = _rule(id_, row)
    return MappingProxyType(found)


def shown_by_logs() -> frozenset[str]:
    """Requirements of which a rule is about what the logs show (guide §7)."""
    return frozenset(rule.requirement for rule in rules().values() if _LOGS in rule.see)


def _undeclared(name: str, declared: Collection[str]) -> bool:
    return all(each not in declared for each in name.split("+"))


def _rule(id_: str, row: Mapping[str, Any]) -> Rule:
    values: Any = {name: tuple(_each(v)) if isinstance(v, list) else v for name, v in row.items()}
    values |= {name: _by_beginning(row.get(name, {})) for name in ("needs", "lacks")}
    return Rule(id_, **values)


def _of(rows: ByBeginning, alternative: str) -> Iterator[tuple[str, ...]]:
    return (names for beginning, names in rows if alternative.startswith(beginning))


def _by_beginning(row: list[str] | Mapping[str, list[str]]) -> ByBeginning:
    """A list is of all alternatives."""
    by_beginning = {"": row} if isinstance(row, list) else row
    return tuple((beginning, tuple(_each(names))) for beginning, names in by_beginning.items())


def _each(words: list[str]) -> Iterator[str]:
    """A word with a blank once for each name that it stands for."""
    for word in words:
        blank = next((blank for blank in _NAMED if blank in word), "")
        yield from (word.replace(blank, name) for name in _NAMED[blank]()) if blank else (word,)
