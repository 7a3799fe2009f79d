"""Views of what the model said: rules and occasions, how sure a pass is, and what follows from which violation."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest

from harness.catalogue.verdicts import Exit, Verdict
from harness.contract.journal import WHOLE_RECORD, Entry
from harness.model.rules import rules
from harness.record.conclusion import CONSEQUENCE, assess
from harness.record.judged import coverage, judged, seen_rate
from harness.record.run import read_run
from harness.record.trace import trace
from reports.run.allure import allure
from reports.run.html_report import html_reports
from reports.run.json_view import results
from reports.run.junit import junit
from reports.run.summary import summary
from tests.reports.journal_book import Book
from tests.reports.small_xsd import problems

CAUSE = rules()["result-as-answered"]
OTHER = "SIG-01"
HERE = Path(__file__).parent
SCHEMA = json.loads(Path("reports/run/results.schema.json").read_text(encoding="utf-8"))


def book_of(folder: Path, code: str, *, about: bool = True, convicted: bool = True) -> Book:
    """A run in which one scenario of another requirement failed; `about`: in which the model saw a violation, too."""
    book = Book.open(folder / "run")
    book.run({CAUSE.requirement: None, OTHER: None})
    id_ = book.scenario(1, (OTHER,))
    book.check(id_, (OTHER,), Verdict.FAIL, code=code)
    found = {
        "requirement": CAUSE.requirement,
        "code": CAUSE.code,
        "observed": "結果が違う",
        "expected": "届いたとおり",
        "where": "どこか",
        "scenario": id_ if about else "",
        "rule": CAUSE.id,
        "cause": "",
        "count": 13,
        "scenarios": [id_] if about else [],
    }
    follows = {**found, "rule": "result-stands", "requirement": "CON-15", "cause": CAUSE.id, "count": 2}
    book.write(
        Entry.OCCASIONS,
        rules={CAUSE.id: {CAUSE.alternatives[0]: 300}},
        kinds={"北側 送信 照会応答": 300},
        violations=[found] if convicted else [],
        consequences=[follows] if convicted else [],
    )
    if convicted:
        whole = f"{WHOLE_RECORD}:{CAUSE.requirement}"
        book.scenario(0, (CAUSE.requirement,), scenario=whole, file="")
        fields = {"code": CAUSE.code, "observed": "結果が違う", "step": None}
        book.check(whole, (CAUSE.requirement,), Verdict.FAIL, **fields)
    book.end()
    return book


def verdicts(book: Book) -> dict[str, tuple[Verdict, str]]:
    return {r.requirement.id: (r.verdict, r.code) for r in assess(read_run(book.folder)).results}


@pytest.mark.parametrize("code", ["PREREQUISITE", "PAIRED_POSITIVE_FAILED", "NO_ANSWER"])
def test_what_a_scenario_missed_because_of_a_violation_is_no_conviction(tmp_path: Path, code: str) -> None:
    book = book_of(tmp_path, code)
    found = verdicts(book)
    assert found[CAUSE.requirement] == (Verdict.FAIL, "")
    assert found[OTHER] == (Verdict.INCONCLUSIVE, CONSEQUENCE)
    assert assess(read_run(book.folder)).exit == Exit.DOES_NOT_CONFORM


@pytest.mark.parametrize(
    ("code", "about", "convicted"),
    [("NO_ANSWER", False, True), ("PREREQUISITE", True, False), ("NOT_REFUSED", True, True)],
)
def test_what_a_scenario_saw_itself_stays_its_own(
    tmp_path: Path, code: str, about: bool, convicted: bool
) -> None:
    found = verdicts(book_of(tmp_path, code, about=about, convicted=convicted))
    assert found[OTHER] == (Verdict.FAIL, "")


def test_what_the_model_saw_comes_first_in_every_view(tmp_path: Path) -> None:
    run = read_run(book_of(tmp_path, "NOT_REFUSED").folder)
    text = "\n".join(line.plain for line in summary(run))
    assert text.index(f"  {CAUSE.requirement}（必須）") < text.index(f"  {OTHER}（必須）")
    assert "帰結" in text
    document: dict[str, Any] = json.loads(results(run))
    failing = [s["requirements"] for s in document["scenarios"] if s["verdict"] == Verdict.FAIL]
    assert failing[0] == [CAUSE.requirement]
    cases = ET.fromstring(junit(run)).iter("testcase")  # noqa: S314  # our own
    first, second = (case for case in cases if case.find("failure") is not None)
    assert "帰結: CON-15" in str(first.find("failure").text)  # type: ignore[union-attr]
    assert f"原因: 要件 {CAUSE.requirement}" in str(second.find("failure").text)  # type: ignore[union-attr]


def test_what_stands_in_no_file_names_none(tmp_path: Path) -> None:
    root = ET.fromstring(junit(read_run(book_of(tmp_path, "NOT_REFUSED").folder)))  # noqa: S314  # our own
    assert list(problems(HERE / "junit.xsd", root)) == []
    whole, other = (case for case in root.iter("testcase") if case.find("failure") is not None)
    assert whole.get("classname")
    assert "01_児童扶養手当/署名.feature:1" in str(other.find("failure").text)  # type: ignore[union-attr]
    assert ":0" not in str(whole.find("failure").text)  # type: ignore[union-attr]


def test_allure_names_no_file_either(tmp_path: Path) -> None:
    shown = [
        json.loads(raw)
        for name, raw in allure(read_run(book_of(tmp_path, "NOT_REFUSED").folder))
        if "-result" in name
    ]
    traces = {result["statusDetails"].get("trace") for result in shown if result["status"] == "failed"}
    assert traces == {None, "01_児童扶養手当/署名.feature:14"}
    assert not any(result["fullName"].startswith(":") for result in shown)


def test_results_hold_what_the_model_said(tmp_path: Path) -> None:
    run = read_run(book_of(tmp_path, "PREREQUISITE").folder)
    document: dict[str, Any] = json.loads(results(run))
    jsonschema_rs.validate(SCHEMA, document)
    judge = document["judge"]
    assert [(v["rule"], v["count"], len(v["scenarios"])) for v in judge["violations"]] == [(CAUSE.id, 13, 1)]
    assert [(c["rule"], c["count"]) for c in judge["violations"][0]["consequences"]] == [("result-stands", 2)]
    assert judge["kinds"] == [{"kind": "北側 送信 照会応答", "exchanges": 300, "rate": seen_rate(300)}]
    row = next(r for r in judge["rules"] if r["id"] == CAUSE.id)
    assert (row["occasions"], row["rate"]) == (300, None)
    assert CAUSE.alternatives[0] not in row["untried"]


def test_a_run_that_no_model_judged_says_nothing_of_rules(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run({OTHER: None})
    book.checked(1, (OTHER,), Verdict.PASS)
    book.end()
    run = read_run(book.folder)
    assert "judge" not in json.loads(results(run))
    assert b'id="rules"' not in html_reports(run)["report.html"]


def test_pages_show_the_rules_and_the_consequences(tmp_path: Path) -> None:
    pages = html_reports(read_run(book_of(tmp_path, "PREREQUISITE").folder))
    for name, words in (
        ("report.html", (CAUSE.ja, "すべて未実施")),
        ("report.en.html", (CAUSE.en, "Not tried")),
    ):
        page = pages[name].decode()
        assert f"<code>{CAUSE.id}</code>" in page
        assert all(word.split("`")[0] in page for word in words)
        assert "CON-15" in page


def test_a_pass_whose_rules_had_no_occasion_says_so(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "run")
    book.run({OTHER: None}, declares={"roles": ["照会側", "応答側", "連絡"]})
    book.checked(1, (OTHER,), Verdict.PASS)
    book.write(Entry.OCCASIONS, rules={}, kinds={}, violations=[], consequences=[])
    book.end()
    run = read_run(book.folder)
    assert any(rule.requirement == OTHER for rule in rules().values())
    assert "件は未実施" in "".join(line.plain.strip() for line in summary(run))
    traced = next(r for section in trace(run) for r in section.requirements if r.requirement.id == OTHER)
    assert traced.rules
    assert not any(rule.occasions for rule in traced.rules)


@pytest.mark.parametrize(("count", "rate"), [(0, None), (1, 0.95), (300, 0.00994)])
def test_how_sure_a_pass_is(count: int, rate: float | None) -> None:
    assert seen_rate(count) == (None if rate is None else pytest.approx(rate, abs=1e-4))


def test_only_rules_that_hold_are_asked_for() -> None:
    nothing = judged({})
    ids = {c.rule.id for c in coverage(nothing, "1", {"roles": ("照会側",)})}
    assert CAUSE.id in ids
    assert "own-record" not in ids
    assert not any(rules()[id_].contract == "2" for id_ in ids)
    assert any(c.rule.contract == "2" for c in coverage(nothing, "2", {"roles": ("照会側",)}))


@pytest.mark.parametrize(
    ("declares", "open_"),
    [
        ((), {"照会依頼", "照会応答", "連絡", "受領", "エラー"}),
        (("照会側", "応答側", "連絡"), set()),
        (("照会側", "応答側"), {"連絡", "受領"}),
        (("連絡",), {"照会依頼", "照会応答"}),
    ],
)
def test_what_can_only_be_met_where_less_is_declared_is_no_gap(
    declares: tuple[str, ...], open_: set[str]
) -> None:
    found = {c.rule.id: set(c.untried) for c in coverage(judged({}), "1", {"roles": declares})}
    assert found.get("access-refused-undeclared", set()) == open_


@pytest.mark.parametrize(
    ("declares", "open_"),
    [
        ({"modes": ("オンライン",)}, {"roles 照会側"}),
        ({"roles": ("照会側",), "modes": ("オンライン",)}, {"mode バッチ", "modes バッチ"}),
        ({"modes": ("オンライン", "バッチ")}, {"roles 照会側"}),
        ({"roles": ("照会側",), "modes": ("オンライン", "バッチ")}, set()),
    ],
)
def test_of_two_that_are_not_declared_the_one_that_decides_alone_can_be_met(
    declares: dict[str, tuple[str, ...]], open_: set[str]
) -> None:
    found = {c.rule.id: c.untried for c in coverage(judged({}), "1", declares)}
    assert {name.partition(": ")[2] for name in found.get("undeclared-batches", ())} == open_


@pytest.mark.parametrize(("contract", "missed"), [("1", 0), ("2", 2)])
def test_what_contract_1_leaves_to_a_gateway_is_not_missed_of_it(contract: str, missed: int) -> None:
    (found,) = (c for c in coverage(judged({}), contract, {}) if c.rule.id == "refusal-form")
    assert sum("/v1/pending" in name and "ROLE_NOT_ALLOWED" in name for name in found.untried) == missed


@pytest.mark.parametrize(
    ("tables", "missed"), [(("2015-09-09",), False), (("2015-09-09", "2012-02-14"), True)]
)
def test_a_table_that_is_not_declared_is_not_missed(tables: tuple[str, ...], missed: bool) -> None:
    declares = {"roles": ("応答側",), "tables": tables}
    (found,) = (c for c in coverage(judged({}), "1", declares) if c.rule.id == "inbox-basis-version")
    assert ("2012-02-14" in found.untried) is missed
    assert "2015-09-09" in found.untried


@pytest.mark.parametrize("said", ["x", 3, None, [1], {"r": {"a": -1}}, {"r": {"a": True}}, {"r": 1}])
def test_nobody_is_believed(said: object) -> None:
    found = judged({"rules": said, "kinds": said, "violations": said, "consequences": said})
    assert all(not counts for counts in found.rules.values())
