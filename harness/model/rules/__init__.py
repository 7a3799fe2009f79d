"""What the contract asks, sentence by sentence: each rule says where it is written and which requirement it belongs to."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
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


@dataclass(frozen=True, slots=True)
class Rule:
    """`id`; `requirement`: which it convicts; `see`: section of the guide; `ja`, `en`: the sentence in the guide's words;
    `code`: of the finding (findings.toml); `alternatives`: the ways in which it can be met or broken, each of which a run has to give an
    occasion for; `needs`: what a statement must declare (list:name) for the rule to have an occasion; `contract`: since which version;
    `lacks`: what it must not declare."""

    id: str
    requirement: str
    see: str
    ja: str
    en: str
    code: str
    alternatives: tuple[str, ...]
    needs: tuple[str, ...] = ()
    contract: str = "1"
    lacks: tuple[str, ...] = ()


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


def _rule(id_: str, row: Mapping[str, Any]) -> Rule:
    values: Any = {name: tuple(_each(v)) if isinstance(v, list) else v for name, v in row.items()}
    return Rule(id_, **values)


def _each(words: list[str]) -> Iterator[str]:
    """A word with a blank once for each name that it stands for."""
    for word in words:
        blank = next((blank for blank in _NAMED if blank in word), "")
        yield from (word.replace(blank, name) for name in _NAMED[blank]()) if blank else (word,)
