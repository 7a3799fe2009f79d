"""Is the record what the bench has written? A gateway that the bench starts is a process of the same user, and may find
the journal; whoever writes a better one into it must not be believed."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, Self

import pytest

from harness.bench.network import Address, NetworkControl
from harness.catalogue.findings import InconclusiveError
from harness.contract.journal import FILE_NAME, Journal
from harness.contract.journal_heads import Head
from harness.record.tampering import altered, found_in, hash_of

_OUTPUT = "renkei-head"
ALTERED = (
    "判定はできない。記録が書き換えられた（{}）。"
    "この実行の記録は、それを書いた検証台のものではない。ゲートウェイなど、実行フォルダーに書いたものを除き、初めから実行する。"
)


class Node(Protocol):
    """What this needs of a worker of xdist, which is untyped."""

    gateway: Any
    workeroutput: dict[str, object]


@dataclass(frozen=True)
class Before:
    """What stood in the journal when the bench opened: of a run that is taken up again, what was found of it."""

    size: int = 0
    sha256: str = hash_of(b"")

    @classmethod
    def of(cls, path: Path) -> Self:
        """Of a file that may not be there."""
        content = path.read_bytes() if path.is_file() else b""
        return cls(len(content), hash_of(content))


@dataclass(frozen=True)
class Record:
    """The journal as it was read once, and what was found of it. `altered`: how it differs from what was written, None where
    it does not. `silent`: writers of whom nobody knows what they wrote, as they ended without a word."""

    content: bytes
    altered: str | None
    silent: frozenset[str]


@dataclass(eq=False)  # pluggy keeps plugins in sets
class Evidence:
    """Knows who writes into the journal, and collects from each what it has written."""

    folder: Path
    journal: Journal
    network: Address
    before: Before
    started: set[str] = field(default_factory=set)
    heads: dict[str, Head] = field(default_factory=dict)

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Node) -> None:
        """A worker begins."""
        self.started.add(node.gateway.id)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Node, error: object) -> None:
        """A worker ends, and leaves what it has written, unless it was killed."""
        if said := getattr(node, "workeroutput", {}).get(_OUTPUT):
            self.heads[node.gateway.id] = Head.from_document(said)

    def end_network(self) -> None:
        """The network writes no more; without a network there is nothing to end."""
        if not self.network.url:
            return
        self.started.add("network")
        try:
            head = NetworkControl.at(self.network).end_journal()
        except InconclusiveError:
            return
        if head:
            self.heads[head.by] = head

    def record(self) -> Record:
        """Reads the journal once, so that what is judged is what was compared."""
        path = self.folder / FILE_NAME
        content = path.read_bytes() if path.is_file() else b""
        silent = frozenset(self.started - self.heads.keys())
        written = {**self.heads, self.journal.by: self.journal.head()}
        found = found_in(content, self.before.size, but=silent)
        return Record(content, altered(found, self.before.sha256, written.values()), silent)


@dataclass(eq=False)
class WorkersWord:
    """On the side of a worker: tells what it has written, by xdist's own channel."""

    journal: Journal

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """After its last entry."""
        session.config.workeroutput[_OUTPUT] = self.journal.head().to_document()  # type: ignore[attr-defined]
