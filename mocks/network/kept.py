"""The network's part of the journal of a run: every exchange of the north face, until the bench ends it."""

from dataclasses import dataclass

from harness.contract.journal import Entry, Journal


@dataclass
class Kept:
    """Takes exchanges down. A gateway may go on sending while the bench already derives its verdict."""

    journal: Journal
    ended: bool = False

    def write(self, exchange: dict[str, object]) -> None:
        """One exchange."""
        if not self.ended:
            self.journal.write(Entry.EXCHANGE, face="north", **exchange)

    def hear(self, said: dict[str, object]) -> None:
        """What the gateway said, byte by byte."""
        if not self.ended:
            self.journal.write(Entry.HEARD, **said)

    def note(self, asked: dict[str, object]) -> None:
        """What else the gateway asked."""
        if not self.ended:
            self.journal.write(Entry.ASKED, **asked)

    def end(self) -> dict[str, object]:
        """Writes nothing more; the head of what was written."""
        self.ended = True
        return self.journal.head().to_document()
