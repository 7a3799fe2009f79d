"""A バッチ told by hand, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from harness.contract.messages import new_id
from harness.model.history.exchanges import Call, Fetch, Person, Sending, Staff
from harness.model.judges.batches import row_states
from harness.model.judges.enquiries import enquiries
from harness.model.judges.rows import rows
from harness.model.judges.statuses import statuses
from harness.model.judges.unasked import unasked
from tests.model.asking import WISH, stamp
from tests.model.histories import OFFICER, Told, broken

ALL = (rows, row_states, enquiries, statuses, unasked)
UNKNOWN_SUBJECT = {"code": "SUBJECT_UNKNOWN", "phase": "ID変換", "reason": "いない"}


@dataclass
class Batch:
    """Three rows about three residents, submitted at 10. `ids`: of the enquiries that the rows are at the moment."""

    told: Told = field(default_factory=Told)
    persons: list[Person] = field(default_factory=list)
    wishes: list[dict[str, object]] = field(default_factory=list)
    ids: list[tuple[str, str] | None] = field(default_factory=list)
    role: str | None = OFFICER.role

    def __post_init__(self) -> None:
        self.told.told(Fetch(0, self.told.span(0), 200, {}))
        self.persons = [self.told.register(str(n), at=n) for n in range(3)]
        self.wishes = [{**WISH, "local_id": str(n)} for n in range(3)]
        self.ids = [(f"e-{n}", new_id()) for n in range(3)]

    def row(self, number: int, status: str = "受付", error: object = None) -> dict[str, object]:
        id_, correlation_id = self.ids[number] or (None, None)
        return {"enquiry_id": id_, "correlation_id": correlation_id, "status": status, "error": error}

    def answer(self, shown: Sequence[Mapping[str, object]] | None = None) -> dict[str, object]:
        return {"batch_id": "b-1", "rows": list(shown or (self.row(n) for n in range(3)))}

    def submit(self, shown: Sequence[Mapping[str, object]] | None = None) -> Call:
        body = {"rows": self.wishes}
        staff = Staff("s-1", self.role, None)
        return self.told.call(
            "POST", "/v1/batches", body, status=202, answer=self.answer(shown), staff=staff, at=10
        )

    def look(self, at: float, *shown: Mapping[str, object]) -> Call:
        return self.told.call("GET", "/v1/batches/b-1", answer=self.answer(shown), at=at)

    def resend(self, at: float, *shown: Mapping[str, object], role: str | None = OFFICER.role) -> Call:
        staff = Staff("s-2", role, None)
        return self.told.call(
            "POST", "/v1/batches/b-1/resend", {}, status=202, answer=self.answer(shown), staff=staff, at=at
        )

    def send(
        self, number: int, at: float, header: Mapping[str, object] | None = None, **other: Any
    ) -> Sending:
        ids = self.ids[number]
        assert ids is not None
        wish = self.wishes[number]
        said = {
            **{n: wish[n] for n in ("to", "basis", "affair", "information")},
            "role": OFFICER.role,
            "mode": "バッチ",
            "message_id": ids[1],
            "correlation_id": ids[1],
            "sent_at": stamp(at),
            "expires_at": stamp(at + 60),
            **(header or {}),
        }
        other.setdefault("token", f"token-{said['message_id']}")
        return self.told.send(
            "照会依頼", self.persons[number], {"key": wish["key"]}, at=at, header=said, **other
        )

    def again(self, number: int) -> None:
        """The row becomes another enquiry."""
        self.ids[number] = (f"e-{number}-{new_id()[:4]}", new_id())

    def broken(self) -> list[str]:
        return [rule for judge in ALL for rule in broken(judge, self.told)]


def submitted() -> Batch:
    batch = Batch()
    batch.submit()
    return batch
