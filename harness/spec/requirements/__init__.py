"""The catalogue: what a gateway must do, one file a function of §4-3, with source and 責任分解点."""

from dataclasses import dataclass
from functools import cache

from harness.spec.resources import resource, toml


@dataclass(frozen=True)
class Requirement:
    """One requirement. `block` is its side of the 責任分解点: 連携IF depends on the network, 中間IF on the
    municipality; `role` is the declared role that makes it mandatory; `see` says where to look (確認先)."""

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


@cache
def requirements() -> dict[str, Requirement]:
    """All requirements by id, in the order of the functions of §4-3."""
    names = sorted(e.name for e in resource("requirements").iterdir() if e.name.endswith(".toml"))
    rows = [_read(toml("requirements", name)) for name in names]
    return {r.id: r for group in rows for r in group}


def _read(document: dict[str, object]) -> list[Requirement]:
    rows = document["requirement"]
    assert isinstance(rows, list)
    return [Requirement(**row, function=document["function"], block=document["block"]) for row in rows]
