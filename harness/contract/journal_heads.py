"""Every process keeps, in its memory, how many lines of the journal it has written and one hash over all of them (its
head). The heads come to the bench through channels that a gateway does not reach."""

import hashlib
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

    def to_document(self) -> dict[str, object]:
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
