"""Is what stands in the journal what the bench has written? A gateway that the bench starts may write to the file too.

Every process keeps, in its memory, how many lines it has written and one hash over all of them (its head). The heads
come to the bench through channels that the gateway does not reach, and the bench holds the file against them before it
derives a verdict."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Head:
    """What one process has written: lines, and SHA-256 over their bytes."""

    by: str
    lines: int
    sha256: str

    @classmethod
    def from_document(cls, document: Any) -> Self:
        """Of `to_document`, from another process of the bench."""
        return cls(str(document["by"]), int(document["lines"]), str(document["sha256"]))

    def to_document(self) -> dict[str, Any]:
        """As JSON carries it."""
        return {"by": self.by, "lines": self.lines, "sha256": self.sha256}


@dataclass
class Running:
    """A head while lines are added to it."""

    lines: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def take(self, line: bytes) -> None:
        """One line more."""
        self.lines += 1
        self.digest.update(line)

    def head(self, by: str) -> Head:
        """As it is now."""
        return Head(by, self.lines, self.digest.hexdigest())


@dataclass(frozen=True)
class Found:
    """What stands in a file. `before`: SHA-256 of what was there before the run, or before it was taken up again."""

    before: str
    heads: tuple[Head, ...]


def found_in(content: bytes, before: int, but: frozenset[str] = frozenset()) -> Found:
    """The heads that follow from the lines after the first `before` bytes, but for those of some writers."""
    running: dict[str, Running] = {}
    for line in content[before:].splitlines(keepends=True):
        if (by := _writer(line)) not in but:
            running.setdefault(by, Running()).take(line)
    return Found(hash_of(content[:before]), tuple(running[by].head(by) for by in sorted(running)))


def hash_of(content: bytes) -> str:
    """SHA-256."""
    return hashlib.sha256(content).hexdigest()


def altered(found: Found, before: str, written: Iterable[Head]) -> str | None:
    """In one clause, how the file differs from what was written into it; None where it does not."""
    if found.before != before:
        return "続ける前の部分が変わっている"
    expected = {head.by: head for head in written if head.lines}
    there = {head.by: head for head in found.heads}
    for by in sorted(expected.keys() | there.keys()):
        one, other = expected.get(by), there.get(by)
        if one != other:
            counts = f"書いたもの {one.lines if one else 0} 行、あるもの {other.lines if other else 0} 行"
            return f"{by or '書き手の分からない行'} の記録が違う（{counts}）"
    return None


def _writer(line: bytes) -> str:
    """Who a line says that has written it; "" for a line of nobody."""
    try:
        by = json.loads(line).get("by")
    except (ValueError, AttributeError, RecursionError):
        return ""
    return by if isinstance(by, str) and line.endswith(b"\n") else ""
