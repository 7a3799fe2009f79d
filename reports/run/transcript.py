"""The two-sided transcript of a scenario: what went in south and what left north, in the order of time."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from harness.contract.journal_entries import Said
from harness.contract.organisations import organisations
from harness.contract.texts import bounded, one_line, visible
from harness.record.fields import mapping, text
from harness.record.values import ScenarioRun

SOUTH, NORTH = "south", "north"
_TITLE = 160
_LEFT_OUT = frozenset({"type", "v", "by", "scenario", "face", "at", "token", "seq"})
_DEEPEST = 12  # levels of a message; nothing of the contract is deeper than 5


def transcript(run: ScenarioRun, limit: int) -> list[dict[str, object]]:
    """Exchanges of both faces; `limit`: characters of one text in them, 0 for their headings alone."""
    found = [(text(e.get("at")), order, e) for order, e in enumerate(_entries(run))]
    return [_shown(entry, limit) for _, _, entry in sorted(found, key=lambda row: row[:2])]


def _entries(run: ScenarioRun) -> Iterator[Said]:
    for exchange in (*run.south, *run.north):
        yield exchange.entry


def _shown(entry: Said, limit: int) -> dict[str, object]:
    side = NORTH if entry.get("face") == NORTH else SOUTH
    parts = {name: value for name, value in entry.items() if name not in _LEFT_OUT and value is not None}
    return {
        "side": side,
        "title": one_line(_north(entry) if side == NORTH else _south(entry), _TITLE),
        "status": one_line(text(entry.get("status")), 10),
        "parts": _fitted(parts, limit, 0) if limit else {},
    }


def _south(entry: Said) -> str:
    return f"{text(entry.get('method'))} {text(entry.get('path'))}"


def _north(entry: Said) -> str:
    header = mapping(entry.get("header"))
    names = [_name(text(header.get(end))) for end in ("from", "to")]
    kind = text(header.get("kind")) or "?"
    return f"{names[0]} → {names[1]}　{kind}　{text(header.get('information'))}"


def _name(code: str) -> str:
    return organisations()[code].name if code in organisations() else code or "?"


def _fitted(value: Any, limit: int, depth: int) -> Any:
    """The same value with bounded texts and nothing invisible."""
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, str):
        return _text(value, limit)
    if isinstance(value, dict):
        return {_text(str(k), limit): _fitted(v, limit, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        return [_fitted(v, limit, depth + 1) for v in value]
    return value


@lru_cache(maxsize=4096)  # names of members, codes and kinds come again and again
def _text(value: str, limit: int) -> str:
    return visible(bounded(value, limit))
