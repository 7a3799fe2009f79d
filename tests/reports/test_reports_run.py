"""Reading a journal: what belongs together is joined, what is broken is counted, nothing stops the reading."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.catalogue.verdicts import Exit, Verdict
from harness.contract.journal import Entry
from harness.record.conclusion import exit_code
from harness.record.run import read_run, run_of
from harness.record.values import UNFINISHED
from tests.reports.journal_book import FILE, Book

ONE = "SIG-01"
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "scenario",
        "requirements",
        "verdict",
        "step",
        "persons",
        "selected",
        "line",
        "seconds",
        "at",
        "face",
        "header",
    ]
)
ENTRIES = st.builds(
    lambda type_, fields: {"type": type_, **fields},
    st.sampled_from([*Entry, "later"]),
    st.dictionaries(FIELDS, ANY_JSON, max_size=6),
)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    book = Book.open(tmp_path / "run")
    book.run({ONE: None})
    return book


def test_exchanges_join_their_scenario(book: Book) -> None:
    """South by scenario; north by person, then by correlation id in header or check."""
    first, second = book.scenario(1, (ONE,)), book.scenario(2, (ONE,))
    book.south(first, correlation_id="c-1")
    book.north(header={"correlation_id": "c-1"}, content=1)
    book.north(header={"correlation_id": "c-2"}, content=2)
    book.north(person="p-2", header={"correlation_id": "c-1"}, content=3)
    book.north(person="p-9", content=4)
    book.check(first, (ONE,))
    book.check(second, (ONE,), persons=["p-2"], correlation_ids=["c-2"])
    run = read_run(book.folder)
    north = [[json.loads(e.line)["content"] for e in s.north] for s in run.scenarios]
    assert [len(s.south) for s in run.scenarios] == [1, 0]
    assert north == [[1], [2, 3]]
    assert [json.loads(e.line)["content"] for e in run.unclaimed] == [4]
    assert {e.scenario for e in run.scenarios[1].north} == {second}


def test_truncated_journal_is_read_up_to_the_cut_at_every_byte(book: Book) -> None:
    book.checked(1, (ONE,))
    book.end()
    whole = book.path.read_bytes()
    codes = {exit_code(run_of(_lines(whole[:cut]))) for cut in range(len(whole))}
    assert codes == {Exit.INCONCLUSIVE}
    assert exit_code(run_of(_lines(whole))) == Exit.CONFORMS


def test_scenario_without_check_is_inconclusive_at_its_last_step(book: Book) -> None:
    id_ = book.scenario(1, (ONE,))
    book.step(id_, "照会依頼を送る", line=7)
    (scenario,) = read_run(book.folder).scenarios
    assert scenario.check is None
    assert (scenario.outcome.verdict, scenario.outcome.code) == (Verdict.INCONCLUSIVE, UNFINISHED)
    assert scenario.outcome.step is not None
    assert scenario.outcome.step.line == 7


def test_unknown_entries_are_kept_aside(book: Book) -> None:
    book.checked(1, (ONE,))
    book.path.write_bytes(book.path.read_bytes() + b'{"type":"waiver","id":1}\n')
    book.end()
    run = read_run(book.folder)
    assert run.aside == ('{"type":"waiver","id":1}',)
    assert run.complete


def test_check_of_a_scenario_that_was_never_announced_counts(book: Book) -> None:
    book.check(f"{FILE}:9", (ONE,), Verdict.FAIL)
    book.end()
    run = read_run(book.folder)
    assert run.scenarios[0].scenario.file == FILE
    assert exit_code(run) == Exit.DOES_NOT_CONFORM


def test_repeated_check_never_mends_a_failure(book: Book) -> None:
    book.checked(1, (ONE,), Verdict.FAIL)
    book.checked(1, (ONE,), Verdict.PASS)
    book.end()
    run = read_run(book.folder)
    assert len(run.scenarios) == 1
    assert exit_code(run) == Exit.DOES_NOT_CONFORM


def test_run_taken_up_again_has_not_ended_until_it_says_so(book: Book) -> None:
    id_ = book.scenario(1, (ONE,))
    book.end(complete=False)
    book.run({ONE: None}, run_id="another")
    assert read_run(book.folder).end is None
    book.checked(1, (ONE,))
    book.end()
    run = read_run(book.folder)
    assert (run.complete, exit_code(run)) == (True, Exit.CONFORMS)
    assert run.meta.run_id != "another"
    assert [s.scenario.id for s in run.scenarios] == [id_]


def test_order_is_that_of_the_files_whichever_worker_was_first(book: Book) -> None:
    for line in (30, 4, 100):
        book.checked(line, (ONE,))
    assert [s.scenario.line for s in read_run(book.folder).scenarios] == [4, 30, 100]


@pytest.mark.parametrize(
    "line",
    [
        b"[]\n",
        b"null\n",
        b"\xff\xfe\n",
        b"{\n",
        b"[" * 100_000 + b"\n",
        b'{"at":' + b"9" * 5000 + b"}\n",
        b"\n",
    ],
)
def test_unreadable_line_is_counted(book: Book, line: bytes) -> None:
    book.path.write_bytes(book.path.read_bytes() + line)
    book.checked(1, (ONE,))
    run = read_run(book.folder)
    assert (run.damaged, len(run.scenarios)) == (1, 1)


@given(st.lists(ENTRIES, max_size=8))
def test_no_entry_stops_the_reading(entries: list[dict[str, Any]]) -> None:
    lines = [json.dumps(entry).encode() + b"\n" for entry in entries]
    run = run_of(lines)
    assert run.damaged == (not any(entry["type"] == Entry.RUN for entry in entries))
    assert exit_code(run) != Exit.CONFORMS


@given(st.binary(max_size=200))
def test_no_bytes_stop_the_reading(data: bytes) -> None:
    assert exit_code(run_of(_lines(data))) == Exit.INCONCLUSIVE


def _lines(data: bytes) -> list[bytes]:
    return list(io.BytesIO(data))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Verdict.INCONCLUSIVE, Verdict.PASS, Verdict.PASS),
        (Verdict.INCONCLUSIVE, Verdict.FAIL, Verdict.FAIL),
        (Verdict.FAIL, Verdict.PASS, Verdict.FAIL),
        (Verdict.PASS, Verdict.INCONCLUSIVE, Verdict.INCONCLUSIVE),
    ],
)
def test_only_what_said_nothing_counts_anew(
    book: Book, first: Verdict, second: Verdict, expected: Verdict
) -> None:
    """A run that was cut off and taken up again repeats what its bench could not tell; a failure stays one."""
    book.run()
    for verdict in (first, second):
        book.checked(10, ("AUTH-01",), verdict)
    assert [s.outcome.verdict for s in read_run(book.folder).scenarios] == [expected]
