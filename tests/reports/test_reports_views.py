"""The files of a run: valid, joined, complete, the same bytes every time, whatever a gateway said."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from jsonschema_rs import Draft202012Validator, meta

from harness.catalogue.requirements import requirements
from harness.catalogue.verdicts import Verdict
from harness.record.run import read_run
from harness.record.values import Run
from reports.run import allure
from reports.run.json_view import results
from reports.run.junit import junit
from reports.run.views import write_views
from tests.reports.hostile import ANY_TEXT, TEXTS, hostile_run
from tests.reports.journal_book import FILE, Book
from tests.reports.small_xsd import problems

HERE = Path(__file__).parent
SCHEMA = json.loads((HERE.parents[1] / "reports" / "run" / "results.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """A run with a scenario of every verdict, one cut off, one requirement that was not tested."""
    book = Book.open(tmp_path / "run")
    book.run({"SIG-01": None, "AUTH-02": None, "LOG-01": None, "STO-01": None, "JF-01": "照会側の宣言がない"})
    failed = book.scenario(10, ("SIG-01",), example={"場所": "ヘッダー"})
    book.step(failed, "電文を改ざんする", line=11, at="2012-08-01T00:00:01.000Z")
    book.step(failed, "拒否される", "failed", keyword="ならば", line=14, at="2012-08-01T00:00:02.000Z")
    book.south(failed, correlation_id="c-1")
    book.north(header={"correlation_id": "c-1"})
    book.check(failed, ("SIG-01",), Verdict.FAIL, at="2012-08-01T00:00:03.000Z")
    book.checked(20, ("AUTH-02",), Verdict.INCONCLUSIVE)
    book.checked(30, ("LOG-01",))
    book.checked(40, ("JF-01",), Verdict.NOT_APPLICABLE, observed="照会側の宣言がない")
    book.checked(50, ("LOG-01",), Verdict.KNOWN)
    book.scenario(60, ("LOG-01",), file="01_児童扶養手当/記録.feature")
    book.end(exit_code=1)
    return book


def parsed(document: bytes) -> ET.Element:
    return ET.fromstring(document)  # noqa: S314  # written by the code under test, no entities


def allure_results(run: Run) -> list[dict[str, Any]]:
    return [json.loads(content) for name, content in allure.allure(run) if name.endswith("-result.json")]


def case(root: ET.Element, line: int) -> ET.Element:
    return next(c for c in root.iter("testcase") if str(c.get("name")).startswith(f"シナリオ{line}"))


def counted(root: ET.Element, what: str) -> int:
    return sum(int(suite.get(what, "")) for suite in root)


def test_junit_says_what_happened(book: Book) -> None:
    root = parsed(junit(read_run(book.folder)))
    assert list(problems(HERE / "junit.xsd", root)) == []
    assert [counted(root, what) for what in ("tests", "failures", "errors", "skipped")] == [7, 3, 2, 1]
    failed = case(root, 10)
    failure = failed.find("failure")
    assert failure is not None
    assert failed.get("name") == "シナリオ10［ヘッダー］"
    assert failed.get("classname") == FILE.removesuffix(".feature").replace("/", ".")
    assert failure.get("type") == "NOT_REFUSED"
    assert "POST /v1/inbox に 202" in (failure.get("message") or "")
    assert "確認先: 電文の外側の署名検証" in (failure.text or "")
    assert "要件: SIG-01" in (failure.text or "")
    assert "SIG-01" in [p.get("value") for p in root.iter("property")]
    kinds = [[e.tag for e in case(root, n)] for n in (20, 30, 40, 50, 60)]
    assert kinds == [["error"], [], ["skipped"], ["failure"], ["error"]]


def test_junit_shows_untested_requirements_and_a_cut_off_run(book: Book) -> None:
    book.path.write_bytes(book.path.read_bytes().rsplit(b"\n", 2)[0] + b"\n")
    root = parsed(junit(read_run(book.folder)))
    names = {suite.get("name") for suite in root}
    assert {"検査が実行されていない要件", "実行"} <= names
    assert list(problems(HERE / "junit.xsd", root)) == []


def test_json_meets_its_published_schema(book: Book) -> None:
    meta.validate(SCHEMA)
    document = json.loads(results(read_run(book.folder)))
    assert list(Draft202012Validator(SCHEMA).iter_errors(document)) == []
    assert (document["verdict"], document["exit_code"], document["complete"]) == ("不適合", 1, True)
    verdicts = {r["id"]: r["verdict"] for r in document["requirements"]}
    assert verdicts == {
        "LOG-01": "判定不能",
        "AUTH-02": "判定不能",
        "JF-01": "対象外",
        "SIG-01": "不合格",
        "STO-01": "不合格",
    }
    assert document["counts"]["scenarios"]["合格"] == 1
    assert document["counts"]["executed_checks"] == 4
    assert document["run"]["partial"] is True
    assert [s["line"] for s in document["scenarios"]] == [10, 20, 30, 40, 50, 60]
    assert not {"south", "north", "steps"} & document["scenarios"][0].keys()


def test_allure_results_are_whole_and_joined(book: Book) -> None:
    write_views(book.folder)
    folder = book.folder / allure.FOLDER_NAME
    loaded = [json.loads(p.read_bytes()) for p in sorted(folder.glob("*-result.json"))]
    statuses = {r["name"]: r["status"] for r in loaded}
    assert statuses["シナリオ10"] == statuses["シナリオ50"] == "failed"
    assert statuses["シナリオ20"] == statuses["シナリオ60"] == "broken"
    assert (statuses["シナリオ30"], statuses["シナリオ40"]) == ("passed", "skipped")
    sources = {a["source"] for r in loaded for a in r["attachments"]}
    assert sources == {p.name for p in folder.glob("*-attachment.json")}
    (failed,) = (r for r in loaded if r["name"] == "シナリオ10")
    transcript = json.loads((folder / failed["attachments"][0]["source"]).read_bytes())
    assert (len(transcript["south"]), len(transcript["north"])) == (1, 1)
    labels = {(x["name"], x["value"]) for x in failed["labels"]}
    assert labels >= {
        ("epic", "児童扶養手当の認定申請における手続の効率化"),
        ("feature", "暗号・署名"),
        ("story", "署名のない電文は受け付けない"),
        ("tag", "SIG-01"),
        ("requirement", "SIG-01"),
    }
    assert failed["links"][0]["type"] == "tms"
    assert "SIG-01" in failed["links"][0]["name"]
    assert [(s["name"], s["status"]) for s in failed["steps"]] == [
        ("もし 電文を改ざんする", "passed"),
        ("ならば 拒否される", "failed"),
    ]
    assert "期待: POST /v1/inbox に 401" in failed["statusDetails"]["message"]
    assert failed["stop"] - failed["start"] == 3000
    assert failed["steps"][1]["stop"] - failed["steps"][1]["start"] == 12


def test_allure_history_outlives_runs_and_moved_lines(tmp_path: Path) -> None:
    """The same row of an outline, run again 7 lines further down; another row is another history."""
    found = []
    for run_id, line in (("a", 10), ("b", 17)):
        book = Book.open(tmp_path / run_id)
        book.run(run_id=run_id)
        for row in ("一", "二"):
            id_ = book.scenario(
                line, ("SIG-01",), scenario=f"{FILE}:{line}[{row}]", name="概要", example={"列": row}
            )
            book.check(id_, ("SIG-01",))
        found.append(allure_results(read_run(book.folder)))
    first, second = found
    assert [r["historyId"] for r in first] == [r["historyId"] for r in second]
    assert len({r["testCaseId"] for r in (*first, *second)}) == 1
    assert len({r["historyId"] for r in first}) == 2
    assert len({r["uuid"] for r in (*first, *second)}) == 4


def test_same_journal_gives_the_same_bytes(book: Book, tmp_path: Path) -> None:
    copy = tmp_path / "elsewhere"
    copy.mkdir()
    shutil.copy(book.path, copy)
    for folder in (book.folder, copy):
        write_views(folder)
    first = dict(contents(book.folder))
    write_views(book.folder)
    assert first == dict(contents(book.folder)) == dict(contents(copy))
    assert len(first) == 8 + 2 * 6


def test_views_replace_what_was_there_and_leave_nothing_else(book: Book) -> None:
    stale = book.folder / allure.FOLDER_NAME / "stale-result.json"
    stale.parent.mkdir()
    stale.write_text("{}")
    written = write_views(book.folder)
    assert not stale.exists()
    assert {p.name for p in book.folder.iterdir()} == {"journal.jsonl", *(p.name for p in written.paths)}
    assert all(p.exists() for p in written.paths)
    assert len(written.run.scenarios) == 6


def test_view_that_breaks_leaves_the_old_one(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    write_views(book.folder)
    before = dict(contents(book.folder))

    def breaks(*_: object) -> Iterator[tuple[str, bytes]]:
        yield "a-result.json", b"{}"
        raise OSError("No space left on device")

    monkeypatch.setattr(allure, "allure", breaks)
    with pytest.raises(OSError, match="No space"):
        write_views(book.folder)
    assert dict(contents(book.folder)) == before


def test_folder_without_journal_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_views(tmp_path)


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_text_harms_no_view(tmp_path: Path, text: str) -> None:
    check_views(hostile_run(tmp_path, text))


@settings(deadline=None, max_examples=60)
@given(text=ANY_TEXT)
def test_any_text_harms_no_view(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    check_views(hostile_run(tmp_path_factory.mktemp("run"), text))


def test_transcript_keeps_what_was_said(tmp_path: Path) -> None:
    """Evidence is not made fit: a lone surrogate stays one, as the journal writes it."""
    said = "福\ufa1b\x1b[31m\ud800<script>"
    run = hostile_run(tmp_path, said)
    transcripts = [json.loads(allure.transcript(s)) for s in run.scenarios]
    assert [t["south"][0]["response"] for t in transcripts] == [said.replace("\ud800", "␛d800")] * 4
    assert sum(len(t["north"]) for t in transcripts) == 4


def test_catalogue_alone_writes_the_descriptions(tmp_path: Path) -> None:
    """Allure renders a description as HTML."""
    run = hostile_run(tmp_path, "<script>alert(1)</script>")
    descriptions = [r["description"] for r in allure_results(run)]
    assert all("script" not in d and requirements()["SIG-01"].ja in d for d in descriptions)


def check_views(run: Run) -> None:
    """Every view parses, in strict UTF-8, and meets its schema."""
    root = parsed(junit(run))
    assert list(problems(HERE / "junit.xsd", root)) == []
    assert not any(e.tag == "script" for e in root.iter())
    document = json.loads(results(run).decode())
    assert list(Draft202012Validator(SCHEMA).iter_errors(document)) == []
    assert len(document["scenarios"]) == 4
    files = dict(allure.allure(run))
    assert len(files) == 8
    assert all(json.loads(content.decode()) for content in files.values())


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


@pytest.mark.parametrize("version", ["1", "2"])
def test_a_view_names_the_version_by_which_the_gateway_is_judged(version: str, tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run(statement={"contract": version})
    book.everything_passes()
    book.end()
    written = write_views(book.folder)
    assert json.loads((book.folder / "results.json").read_text("utf-8"))["run"]["contract"] == version
    assert f"契約の版 {version}" in (book.folder / "report.html").read_text("utf-8")
    assert written.run.meta.contract == version
