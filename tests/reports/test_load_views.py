"""The files of a load run: valid, complete, the same bytes every time, whatever a gateway said."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema_rs import Draft202012Validator

from harness.catalogue.verdicts import Verdict
from harness.contract.journal import Entry
from harness.languages.choice import ENGLISH, JAPANESE, LANGUAGES, VARIABLE
from reports.languages import files_of
from reports.load import json_view as load_json
from reports.load.attached import attached
from reports.load.junit import load_junit
from reports.load.page import CAPTIONS, FILE_NAME
from reports.load.views import main, write_load_views
from tests.reports.hostile import TEXTS
from tests.reports.load_book import LoadBook
from tests.reports.small_xsd import problems

HERE = Path(__file__).parent
SCHEMA = json.loads(Path(load_json.__file__).with_name("load.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def book(tmp_path: Path) -> LoadBook:
    """A run that passes."""
    found = LoadBook(tmp_path / "run")
    found.passed()
    return found


def contents(book: LoadBook) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in book.folder.iterdir()}


def valid(book: LoadBook) -> tuple[dict[str, Any], ET.Element]:
    """load.json and junit.xml, by their schemas."""
    write_load_views(book.folder)
    document: dict[str, Any] = json.loads((book.folder / "load.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []
    root = ET.parse(book.folder / "junit.xml").getroot()  # noqa: S314  # written by the code under test, no entities
    assert list(problems(HERE / "junit.xsd", root)) == []
    return document, root


def counts(root: ET.Element) -> dict[str, str | None]:
    return {name: root[0].get(name) for name in ("tests", "failures", "errors")}


def test_a_run_that_passes_says_so_everywhere(book: LoadBook) -> None:
    document, root = valid(book)
    assert (document["verdict"], document["exit_code"], document["complete"]) == ("合格", 0, True)
    assert document["counts"] == dict.fromkeys(("planned", "sent", "accepted", "answered"), 400) | {
        "dropped": 0,
        "errors": 0,
    }
    assert document["headroom"] == {"seconds": 2, "per_second": 10.0, "multiple": 2.0, "whole": True}
    assert counts(root) == {"tests": "4", "failures": "0", "errors": "0"}
    page = (book.folder / "load.html").read_text(encoding="utf-8")
    for text in (
        "負荷　合格",
        "市町村B",
        "○ 守った",
        "50.0%",
        "基準の 2 倍",
        "速度を保つ",
        "同時に 8 接続まで",
        "10回に9回 40 ms 以内に応えた",
        "計算機を使い切っている",
    ):
        assert text in page
    assert page.count("data:image/svg+xml;base64,") == len(CAPTIONS)


def test_what_was_slow_is_named_first(tmp_path: Path) -> None:
    book = LoadBook(tmp_path / "run")
    book.first()
    book.kind("照会依頼 児童扶養手当 地方税関係情報")
    book.kind(
        "照会依頼 生活保護 地方税関係情報", errors=3, percentiles={"50": 30.0, "99": 900.0, "100": 950.0}
    )
    document, _ = valid(book)
    assert [(one["name"].split()[1], one["errors"]) for one in document["kinds"]] == [
        ("児童扶養手当", 0),
        ("生活保護", 3),
    ]
    page = (book.folder / "load.html").read_text(encoding="utf-8")
    assert (
        0
        < page.index("照会依頼 生活保護 地方税関係情報")
        < page.index("照会依頼 児童扶養手当 地方税関係情報")
    )
    assert "75.00%" in page


def test_the_same_record_gives_the_same_bytes(book: LoadBook) -> None:
    write_load_views(book.folder)
    before = contents(book)
    (book.folder / "load.html").write_text("spoilt", encoding="utf-8")
    assert main([str(book.folder)]) == 0
    assert contents(book) == before


def test_a_missed_gate_is_a_failure_and_one_that_was_not_judged_an_error(tmp_path: Path) -> None:
    book = LoadBook(tmp_path / "run")
    book.first()
    book.gate(observed=200.0, met=False)
    book.gate("achieved_rate", 0.95, 0.2, None)
    book.reconciled()
    book.end(exit_code=5, verdict=Verdict.FAIL, code="GATE_MISSED", observed="p99_ms 200", complete=False)
    document, root = valid(book)
    assert (document["verdict"], document["code"], document["exit_code"]) == ("不合格", "GATE_MISSED", 5)
    assert counts(root) == {"tests": "5", "failures": "1", "errors": "2"}  # the other: no answer was checked
    page = (book.folder / "load.html").read_text(encoding="utf-8")
    assert all(text in page for text in ("× 守れない", "－ 判定しない", "200.0%"))


def test_a_gate_that_was_missed_beside_a_late_network_is_an_error(tmp_path: Path) -> None:
    book = LoadBook(tmp_path / "run")
    book.first()
    book.gate(observed=200.0, met=False)
    book.sample()
    book.reconciled()
    book.end(exit_code=4, verdict=Verdict.INCONCLUSIVE, code="NETWORK_LATE", observed="250 ms 以上")
    document, root = valid(book)
    assert (document["verdict"], document["code"]) == ("判定不能", "NETWORK_LATE")
    assert counts(root) == {"tests": "4", "failures": "0", "errors": "2"}


def test_a_run_that_passes_without_a_window_to_show_says_why(tmp_path: Path) -> None:
    book = LoadBook(tmp_path / "run")
    book.first(seconds=4)
    for number in range(4):
        book.second(number, p99_ms=1e6)
    book.gate()
    book.end()
    valid(book)
    page = (book.folder / "load.html").read_text(encoding="utf-8")
    assert "この長さでは分からない" in page
    assert "保てた速さはない" not in page


def test_a_record_that_was_cut_off_is_no_verdict(book: LoadBook) -> None:
    path = book.folder / "journal.jsonl"
    path.write_bytes(path.read_bytes()[: path.read_bytes().rindex(b'{"v"')] + b'{"type": "end", "ex')
    document, root = valid(book)
    assert (document["verdict"], document["exit_code"], document["complete"]) == ("判定不能", 4, False)
    assert counts(root)["errors"] == "1"
    page = (book.folder / "load.html").read_text(encoding="utf-8")
    assert "実行が途中で切れた" in page
    assert "記録の読めない行" in page


def test_a_gateway_that_refuses_before_any_load_is_a_failure(tmp_path: Path) -> None:
    book = LoadBook(tmp_path / "run")
    book.end(exit_code=1, verdict=Verdict.FAIL, code="UNEXPECTED_STATUS", observed="住民の登録に 403")
    document, root = valid(book)
    assert (document["verdict"], document["headroom"], document["latency_ms"]) == ("不合格", None, {})
    assert counts(root)["failures"] == "1"
    assert not list(book.folder.glob("*.svg"))  # nothing was measured


@pytest.mark.parametrize("text", TEXTS)
def test_nothing_that_a_gateway_says_can_act(tmp_path: Path, text: str) -> None:
    book = LoadBook(tmp_path / "run")
    book.first(
        product=text, gateway=text, profile={"name": text, "summary": text}, mix=[{"information": text}]
    )
    book.second(0)
    book.sample(verdict=Verdict.FAIL, code=text, observed=text, name=text)
    book.kind(text)
    book.gate(text, text, text, text)
    book.reconciled(verdict=Verdict.FAIL, code=text, observed=text, counts={"lost": 1}, lost=[text])
    book.end(exit_code=1, verdict=Verdict.FAIL, code=text, observed=text, expected=text, stopped=text)
    _, root = valid(book)
    page = (book.folder / "load.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "default-src 'none'" in page
    whole = (
        page + ET.tostring(root, encoding="unicode") + (book.folder / "load.json").read_text(encoding="utf-8")
    )
    assert not {"\x1b", "\x9b", "\x00", "\u202e", "\u2066"} & set(whole)
    assert len(whole) < 1_000_000


@pytest.mark.parametrize("value", [None, "x", [], {}, True, 1e400, float("nan"), -1, {"a": [1]}])
def test_fields_of_any_type_leave_the_views_valid(tmp_path: Path, value: Any) -> None:
    book = LoadBook(tmp_path / "run")
    book.first(profile=value, line=value, municipality=value, estimate=value, mix=value, versions=value)
    book.write(Entry.CALIBRATION, kbps=value, measured_kbps=value, error=value, limit=value, good=value)
    book.second(0, **dict.fromkeys(("planned", "up_bytes", "p99_ms", "errors"), value))
    book.write(Entry.LOAD_HISTOGRAM, series="response", hdr=value, count=value, percentiles=value)
    book.write(Entry.LOAD_KIND, name=value, sent=value, answered=value, errors=value, percentiles=value)
    book.write(Entry.LOAD_EFFORT, network_p50_ms=value, network_p90_ms=value, machine=value)
    book.gate("p99_ms", value, value, value)
    book.write(Entry.RECONCILIATION, counts=value, lost=value, verdict=value, code=value)
    book.end(exit_code=value, verdict=value, late=value, stopped=value)
    document, _ = valid(book)
    assert document["verdict"] == "判定不能"


def test_junit_names_the_first_answer_that_was_wrong(tmp_path: Path) -> None:
    book = LoadBook(tmp_path / "run")
    book.first()
    book.sample()
    book.sample(verdict=Verdict.FAIL, code="WRONG_RECORD", observed="別の人の値")
    root = ET.fromstring(load_junit(book.read()))  # noqa: S314  # written by the code under test, no entities
    [failure] = [one for case in root.iter("testcase") for one in case.iter("failure")]
    assert (failure.get("type"), failure.get("message")) == ("WRONG_RECORD", "2 件のうち 1 件。別の人の値")


def test_a_folder_without_a_record_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_its_block_is_attached_with_the_figures_that_were_drawn(book: LoadBook) -> None:
    write_load_views(book.folder)
    block = str(attached(book.folder)[JAPANESE])
    assert "負荷　合格" in block
    assert block.count("<img") == len(CAPTIONS)
    assert "<html" not in block


def pictures(page: str) -> list[str]:
    return re.findall(r'src="(data:image/svg[^"]*)"', page)


def test_its_figures_speak_the_language_of_each_page(book: LoadBook, monkeypatch: pytest.MonkeyPatch) -> None:
    """In whichever language it was reported, and after a report in the other one."""
    for own in (JAPANESE, ENGLISH, JAPANESE):
        monkeypatch.setenv(VARIABLE, own)
        write_load_views(book.folder)
        blocks = attached(book.folder)
        for language, name in files_of(FILE_NAME).items():
            page = (book.folder / name).read_text(encoding="utf-8")
            assert len(pictures(page)) == len(CAPTIONS)
            assert pictures(str(blocks[language])) == pictures(page)
        other = next(language for language in LANGUAGES if language != own)
        kept = {path.name.split(".", 1)[1] for path in book.folder.glob("load-*")}
        assert kept == {"svg", "png", f"{other}.svg"}
    assert pictures(str(blocks[JAPANESE])) != pictures(str(blocks[ENGLISH]))
