"""The catalogue: what a gateway must do, one file a function of §4-3, with source and 責任分解点."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from harness.contract.resources import resource, toml

_Document = dict[str, Any]


@dataclass(frozen=True)
class Requirement:
    """One requirement.

    `block` is its side of the 責任分解点: 連携IF depends on the network, 中間IF on the municipality. It is mandatory
    where `role` and every one of `needs` is declared and none of `lacks` is ("list:word" of the statement's
    [declares]); `see` says where to look (確認先).
    """

    id: str
    ja: str
    en: str
    level: str
    kind: str
    source: str
    role: str
    see: str
    since: str
    function: str
    block: str
    needs: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@cache
def requirements() -> dict[str, Requirement]:
    """The requirements that scenarios are about, by id, in the order of the functions of §4-3."""
    return _of(document for document in _documents() if not document.get("whole_record"))


@cache
def all_requirements() -> dict[str, Requirement]:
    """Those, and the ones that only the whole record is judged by: no scenario is about them."""
    return _of(_documents())


def _documents() -> list[_Document]:
    names = [e.name for e in resource(room=__name__).iterdir() if e.name.endswith(".toml")]
    return sorted((toml(name, room=__name__) for name in names), key=lambda d: int(d["order"]))


def _of(documents: Iterable[_Document]) -> dict[str, Requirement]:
    return {r.id: r for document in documents for r in _read(document)}


def _read(document: _Document) -> list[Requirement]:
    group = {"function": document["function"], "block": document["block"]}
    rows: list[dict[str, Any]] = document["requirement"]
    lists = ("needs", "lacks")
    return [Requirement(**{**r, **{n: tuple(r[n]) for n in lists if n in r}}, **group) for r in rows]
