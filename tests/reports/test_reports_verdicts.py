"""Every combination that decides a requirement or an exit code."""

from pathlib import Path
from typing import Any

import pytest

from harness.catalogue import requirements as catalogue
from harness.catalogue.requirements import Requirement, requirements
from harness.catalogue.verdicts import Exit, Verdict
from harness.record import conclusion as verdicts
from harness.record.conclusion import (
    NOT_EXECUTED,
    PREREQUISITE,
    UNTAGGED,
    Assessment,
    RequirementResult,
    assess,
    exit_code,
)
from harness.record.run import read_run
from tests.reports.journal_book import Book

PASS, FAIL, OUT = Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE
UNSURE, KNOWN = Verdict.INCONCLUSIVE, Verdict.KNOWN
ONE, OTHER = "SIG-01", "LOG-02"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book.open(tmp_path / "run")


@pytest.mark.parametrize(
    ("checks", "selected", "verdict", "code"),
    [
        ([PASS], None, PASS, Exit.CONFORMS),
        ([PASS, PASS], None, PASS, Exit.CONFORMS),
        ([FAIL], None, FAIL, Exit.DOES_NOT_CONFORM),
        ([PASS, FAIL], None, FAIL, Exit.DOES_NOT_CONFORM),
        ([FAIL, UNSURE], None, FAIL, Exit.DOES_NOT_CONFORM),
        ([UNSURE], None, UNSURE, Exit.INCONCLUSIVE),
        ([PASS, UNSURE], None, UNSURE, Exit.INCONCLUSIVE),
        ([KNOWN, UNSURE], None, UNSURE, Exit.INCONCLUSIVE),
        ([KNOWN], None, KNOWN, Exit.DOES_NOT_CONFORM),
        ([PASS, KNOWN], None, KNOWN, Exit.DOES_NOT_CONFORM),
        ([PASS, OUT], None, PASS, Exit.CONFORMS),
        ([OUT], None, FAIL, Exit.DOES_NOT_CONFORM),
        ([], None, FAIL, Exit.DOES_NOT_CONFORM),
        ([], "応答側の宣言がない", OUT, Exit.CONFORMS),
        ([OUT], "応答側の宣言がない", OUT, Exit.CONFORMS),
        ([PASS], "応答側の宣言がない", OUT, Exit.CONFORMS),
        ([FAIL], "応答側の宣言がない", FAIL, Exit.DOES_NOT_CONFORM),
        ([UNSURE], "応答側の宣言がない", UNSURE, Exit.INCONCLUSIVE),
        (["よい"], None, UNSURE, Exit.INCONCLUSIVE),
        ([None], None, UNSURE, Exit.INCONCLUSIVE),
        ([["合格"]], None, UNSURE, Exit.INCONCLUSIVE),
    ],
)
def test_checks_decide_requirement_and_exit_code(
    book: Book, checks: list[Any], selected: str | None, verdict: Verdict, code: Exit
) -> None:
    """Beside a requirement that passes, so that something was executed in every case."""
    book.run({ONE: selected, OTHER: None})
    book.checked(5, (OTHER,))
    for line, check in enumerate(checks, start=10):
        book.checked(line, (ONE,), check)
    book.end()
    assessment = assess(read_run(book.folder))
    found = {r.requirement.id: r.verdict for r in assessment.results}
    assert (found, assessment.exit) == ({OTHER: PASS, ONE: verdict}, code)


@pytest.mark.parametrize(
    ("checks", "end", "code"),
    [
        ([(FAIL, "NOT_REFUSED")], None, Exit.DOES_NOT_CONFORM),
        ([(FAIL, "NOT_REFUSED"), (UNSURE, "BENCH_ERROR")], True, Exit.DOES_NOT_CONFORM),
        ([(PASS, None), (UNSURE, "BENCH_ERROR")], True, Exit.BENCH_ERROR),
        ([(PASS, None), (UNSURE, "BENCH_ERROR")], None, Exit.BENCH_ERROR),
        ([(PASS, None), (UNSURE, "NETWORK_FAILED")], True, Exit.INCONCLUSIVE),
        ([(PASS, None)], None, Exit.INCONCLUSIVE),
        ([(PASS, None)], False, Exit.INCONCLUSIVE),
        ([(PASS, None)], "true", Exit.INCONCLUSIVE),
        ([(PASS, None)], True, Exit.CONFORMS),
        ([], None, Exit.INCONCLUSIVE),
    ],
)
def test_exit_code_ranks_what_went_wrong(
    book: Book, checks: list[tuple[Verdict, str | None]], end: Any, code: Exit
) -> None:
    book.run({ONE: None})
    for line, (verdict, finding) in enumerate(checks):
        book.checked(line + 1, (ONE,), verdict, code=finding)
    if end is not None:
        book.end(complete=end)
    assert exit_code(read_run(book.folder)) == code


@pytest.mark.parametrize("selected", [{}, {ONE: "応答側の宣言がない"}, {ONE: None}])
def test_nothing_executed_never_conforms(book: Book, selected: dict[str, str | None]) -> None:
    book.run(selected)
    book.end()
    assert exit_code(read_run(book.folder)) == Exit.INCONCLUSIVE


def test_run_that_checked_nothing_convicts_nobody(book: Book) -> None:
    """As when the bench fell over before the first scenario and still wrote its end."""
    book.run()
    book.end()
    assert {r.verdict for r in assess(read_run(book.folder)).results} == {UNSURE}


def _result_of(assessment: Assessment, id_: str) -> RequirementResult:
    return next(r for r in assessment.results if r.requirement.id == id_)


def test_untested_requirement_fails_a_whole_run_and_is_open_in_a_cut_off_one(book: Book) -> None:
    book.run({ONE: None, OTHER: None})
    book.checked(1, (OTHER,))
    run = read_run(book.folder)
    cut, whole = (_result_of(assess(run, complete=c), ONE) for c in (None, True))
    assert (cut.verdict, cut.code) == (UNSURE, NOT_EXECUTED)
    assert (whole.verdict, whole.code) == (FAIL, PREREQUISITE)


def test_damaged_journal_stays_incomplete_whatever_is_said(book: Book) -> None:
    book.run({ONE: None})
    book.checked(1, (ONE,))
    book.end()
    book.path.write_bytes(book.path.read_bytes() + b'{"type":"che\n')
    run = read_run(book.folder)
    assert run.damaged == 1
    assert exit_code(run) == exit_code(run, complete=True) == Exit.INCONCLUSIVE


def test_journal_without_run_entry_never_conforms(book: Book) -> None:
    book.checked(1, (ONE,))
    book.end()
    assert exit_code(read_run(book.folder)) == Exit.INCONCLUSIVE


def test_requirement_not_asked_for_is_listed_only_when_something_speaks_against_it(book: Book) -> None:
    book.run({ONE: None})
    book.checked(1, (ONE, OTHER))
    book.checked(2, (ONE, "STO-01"), FAIL)
    book.end()
    found = {r.requirement.id: r.verdict for r in assess(read_run(book.folder)).results}
    assert found == {ONE: FAIL, "STO-01": FAIL}


@pytest.mark.parametrize(("ids", "listed"), [((), UNTAGGED), (("NO-99",), "NO-99")])
def test_failure_outside_the_catalogue_counts(book: Book, ids: tuple[str, ...], listed: str) -> None:
    book.run({ONE: None})
    book.checked(1, (ONE,))
    book.checked(2, ids, FAIL)
    book.end()
    assessment = assess(read_run(book.folder))
    assert assessment.exit == Exit.DOES_NOT_CONFORM
    assert [r.requirement.id for r in assessment.results if r.verdict == FAIL] == [listed]


@pytest.mark.parametrize("verdict", [FAIL, UNSURE, KNOWN])
def test_recommendation_shows_but_does_not_weigh(
    book: Book, monkeypatch: pytest.MonkeyPatch, verdict: Verdict
) -> None:
    _recommend(monkeypatch, OTHER)
    book.run({ONE: None, OTHER: None})
    book.checked(1, (ONE,))
    book.checked(2, (OTHER,), verdict)
    book.end()
    assessment = assess(read_run(book.folder))
    assert assessment.exit == Exit.CONFORMS
    assert {r.requirement.id: r.verdict for r in assessment.results}[OTHER] == verdict


def test_untested_recommendation_is_open(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    _recommend(monkeypatch, OTHER)
    book.run({ONE: None, OTHER: None})
    book.checked(1, (ONE,))
    book.end()
    assessment = assess(read_run(book.folder))
    assert assessment.exit == Exit.CONFORMS
    assert {r.requirement.id: r.verdict for r in assessment.results}[OTHER] == UNSURE


def test_results_stand_in_the_order_of_the_catalogue(book: Book) -> None:
    book.run(dict.fromkeys(reversed(requirements())))
    book.everything_passes()
    book.end()
    found = [r.requirement.id for r in assess(read_run(book.folder)).results]
    assert found == list(requirements())


def _recommend(monkeypatch: pytest.MonkeyPatch, id_: str) -> None:
    """The catalogue with one requirement turned into 推奨."""
    known = dict(catalogue.requirements())
    known[id_] = Requirement(**{**vars(known[id_]), "level": "推奨"})
    monkeypatch.setattr(verdicts, "all_requirements", lambda: known)
