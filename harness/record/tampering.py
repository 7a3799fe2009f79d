"""Is what stands in the journal what the bench has written? A gateway that the bench starts may write to the file too, so
that the bench holds it against the heads of its writers before it derives a verdict."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from harness.contract.journal_heads import Head, Running
from harness.record.reader import writer_of


@dataclass(frozen=True)
class Found:
    """What stands in a file. `before`: SHA-256 of what was there before the run, or before it was taken up again."""

    before: str
    heads: tuple[Head, ...]


def found_in(content: bytes, before: int, but: frozenset[str] = frozenset()) -> Found:
    """The heads that follow from the lines after the first `before` bytes, but for those of some writers."""
    running: dict[str, Running] = {}
    for line in content[before:].splitlines(keepends=True):
        by = writer_of(line) if line.endswith(b"\n") else ""
        if by not in but:
            running.setdefault(by, Running()).take(line)
    return Found(hash_of(content[:before]), tuple(running[by].head(by) for by in sorted(running)))


def hash_of(content: bytes) -> str:
    """SHA-256."""
    return hashlib.sha256(content).hexdigest()


def altered_by_others(content: bytes, head: Head) -> str | None:
    """In one clause, how a file differs from what one process alone has written into it; None where it does not."""
    return altered(found_in(content, 0), hash_of(b""), (head,))


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
