"""Which refusal of the list (guide §2 Refusals, 5 to 9) a row of a バッチ meets: the first that applies decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from harness.contract.journal_entries import Said
from harness.contract.law import Basis
from harness.contract.law.lawfulness import Asked
from harness.contract.organisations import network_organisation, organisations
from harness.contract.roles import role_fits
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.likeness import members
from harness.model.state.batches import Batch
from harness.model.state.subjects import Subjects

_UNREACHED: Final = "UNDELIVERED"


@dataclass(frozen=True)
class RowRefusals:
    """What decides: who is registered, and from when on the gateway holds a directory."""

    history: History
    subjects: Subjects

    @classmethod
    def of(cls, history: History) -> Self:
        """Of a run."""
        return cls(history, history.once(Subjects.of))

    def codes(self, batch: Batch, number: int, look: Call) -> frozenset[str | None] | None:
        """The codes by which a row may be refused, None among them where it may be taken; None where nobody can tell. The role is that
        of who submitted it or of who had it resent."""
        row = batch.rows[number]
        openers = [batch.call, *(c for c in batch.resends if c.span.begin <= look.span.end)]
        if row.get("to") == network_organisation().code:
            return None  # whether the network itself can be asked is left open
        during = batch.call.span.until(look.span)
        found = {code for opener in openers for code in self._codes(row, opener.staff.role or "", during)}
        return frozenset(found | ({_UNREACHED} if self._without_directory(during) else set()))

    def _codes(self, row: Said, role: str, during: Span) -> Iterator[str | None]:
        affair, to, basis = str(row.get("affair")), str(row.get("to")), members(row.get("basis"))
        if not role_fits(role, affair):
            yield "ROLE_NOT_ALLOWED"
        elif to not in organisations():
            yield "PARTNER_UNKNOWN"
        else:
            lawful = self._lawful(row, Basis(str(basis.get("table")), str(basis.get("item"))))
            if False in lawful:
                yield "BASIS_NOT_LAWFUL"
            if True in lawful:
                registered = self.subjects.registered(str(row.get("local_id")), during)
                yield from (None if there else "SUBJECT_UNKNOWN" for there in registered)

    def _lawful(self, row: Said, basis: Basis) -> frozenset[bool]:
        declared = self.history.declared
        if not declared.has("tables", basis.table):
            return frozenset({False})
        own, partner = organisations()[declared.organisation], organisations()[str(row.get("to"))]
        affair, information = str(row.get("affair")), str(row.get("information"))
        return Asked(basis, own, affair, partner, information).verdicts(declared.contract)

    def _without_directory(self, during: Span) -> bool:
        """It has fetched none yet, or was started anew since it did."""
        had = [
            f.span.end for f in self.history.fetches if f.directory is not None and f.span.end < during.begin
        ]
        began = max((r.span.end for r in self.history.restarts if r.span.begin <= during.end), default=0.0)
        return not any(end > began for end in had)
