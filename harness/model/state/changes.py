"""What changes the 参照用DB: single records, bulk requests, deletions and files, as far as their answers say that they were taken."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from harness.contract.schemas import problem_with
from harness.contract.versions import LATEST
from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.likeness import in_whole_numbers
from harness.model.state.held import Held
from harness.model.state.lines import Line, lines, without_set
from harness.model.state.outcomes import Outcome, outcome
from harness.model.state.register import UNKNOWN, Unknown

RECORD: Final = ("PUT", "/v1/records")
BULK: Final = ("POST", "/v1/records/bulk")
DELETION: Final = ("POST", "/v1/records/deletion")
IMPORT: Final = ("POST", "/v1/imports")
# Bodies are read in the form of the latest version: what an earlier one does not have is judged elsewhere, and changes records all
# the same.


@dataclass(frozen=True, slots=True)
class Row:
    """One record that a request concerns, and what it may leave there: one of several where the guide leaves it open."""

    local_id: str
    information: str
    key: Mapping[str, str]
    holds: tuple[Held | Unknown | None, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Rows in their order. Not `certain`: each may have taken effect, or not, at any later time."""

    call: Call
    rows: tuple[Row, ...]
    certain: bool

    @property
    def span(self) -> Span:
        """When."""
        return self.call.span


def changes(history: History) -> Iterator[Change]:
    """Everything that may have changed a record, in order of the end."""
    calls = (c for c in history.calls if c.caller == "business" and (c.method, c.path) in _ROWS)
    for call in sorted(calls, key=lambda call: call.span.end):
        became = outcome(call)
        if became is Outcome.REFUSED or not isinstance(call.body, dict):
            continue
        rows = tuple(_ROWS[call.method, call.path](call.body, call))
        if rows:
            yield Change(call, rows, became is Outcome.DONE and told(call) is not None)


def imported(history: History) -> Iterator[Call]:
    """Files that were not refused as a whole, each with an answer of its schema."""
    for call in history.calls:
        if call.caller != "business" or (call.method, call.path) != IMPORT:
            continue
        if told(call) is not None and problem_with("import", call.body, LATEST) is None:
            yield call


def held(body: Mapping[str, object]) -> Held:
    """The record of a body that meets schema `record`."""
    items, reasons, version = (
        in_whole_numbers(body.get(name, {} if name == "reasons" else None))
        for name in ("items", "reasons", "version")
    )
    assert isinstance(items, dict)
    assert isinstance(reasons, dict)
    assert version is None or isinstance(version, int)
    return Held(items, reasons, version)


def told(call: Call) -> Mapping[int, str] | None:
    """Position (of a file: line) → code of the rows that an answer reports as not taken; None where it is no such answer."""
    schema = _RESULTS.get((call.method, call.path))
    if schema is None:
        return {}
    if outcome(call) is not Outcome.DONE or problem_with(schema, call.answer, LATEST) is not None:
        return None
    assert isinstance(call.answer, dict)
    place = "index" if schema == "bulk-result" else "line"
    return {error[place]: error["code"] for error in call.answer["errors"]}


def _record(body: Mapping[str, object], _: Call) -> Iterator[Row]:
    if problem_with("record", body) is None:
        yield _row(body)


def _bulk(body: Mapping[str, object], call: Call) -> Iterator[Row]:
    if problem_with("records", body) is not None:
        return
    refused, records = told(call) or {}, body["records"]
    assert isinstance(records, list)
    yield from (_row(record) for index, record in enumerate(records) if index not in refused)


def _deletion(body: Mapping[str, object], _: Call) -> Iterator[Row]:
    if problem_with("record-key", body) is None:
        yield Row(*_place(body), (None,))


def _import(body: Mapping[str, object], call: Call) -> Iterator[Row]:
    if problem_with("import", without_set(body)) is not None:
        return
    information, refused = str(body["information"]), told(call) or {}
    for line in lines(information, str(body["file"])) or ():
        if line.number not in refused:
            yield from _left(information, line)


def _left(information: str, line: Line) -> Iterator[Row]:
    """What a line that was taken leaves. One that is faulty and was taken all the same leaves anything; so does a key that is open."""
    if line.blank:
        for key in (line.key, {**line.key, **dict.fromkeys(line.blank, "")}):
            yield Row(line.local_id, information, key, (UNKNOWN,))
        return
    if line.items is None:
        yield Row(line.local_id, information, line.key, (UNKNOWN,))
        return
    whole = Held(line.items)
    # "The enquiry key is made of the items of its names": whether they are items of the record as well can be read both ways.
    bare = Held({name: value for name, value in line.items.items() if name not in line.key})
    yield Row(line.local_id, information, line.key, (whole, bare) if line.key else (whole,))


def _row(body: Mapping[str, object]) -> Row:
    return Row(*_place(body), (held(body),))


def _place(body: Mapping[str, object]) -> tuple[str, str, Mapping[str, str]]:
    key = body["key"]
    assert isinstance(key, dict)
    return str(body["local_id"]), str(body["information"]), key


_ROWS: Final[Mapping[tuple[str, str], Callable[[Mapping[str, object], Call], Iterator[Row]]]] = {
    RECORD: _record,
    BULK: _bulk,
    DELETION: _deletion,
    IMPORT: _import,
}
_RESULTS: Final[Mapping[tuple[str, str], str]] = {BULK: "bulk-result", IMPORT: "import-result"}
