"""A dispute: what a verdict rests on, and nothing that names anybody."""

import json
from pathlib import Path
from typing import Any

import pytest

from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Verdict
from harness.certificate.dispute import dispute, head_of
from harness.contract.journal import WHOLE_RECORD, Entry
from harness.model.rules import rules
from tests.reports.journal_book import Book

RULE = rules()["result-as-answered"]
CHECK = f"{WHOLE_RECORD}:{RULE.requirement}"
LOCAL_ID, OTHERS = "1029384756", "5647382910"
CORRELATION = "2f3607d6-b8a7-40ce-8da8-526714cee290"


def call(path: str, request: Any, response: Any, **other: Any) -> dict[str, Any]:
    said = {"face": "south", "method": "GET", "path": path, "request": request, "response": response}
    more = {"scenario": "s", "status": 200, "staff": None, "seconds": 0.01, "problem": None, "detail": ""}
    return {**said, **more, "correlation_id": None, **other}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    book = Book.open(tmp_path / "run")
    book.run({RULE.requirement: None}, options={"statement_file": "", "requirements": []})
    book.write(Entry.PEOPLE, scenario="s", people={"p": {"識別番号": LOCAL_ID}, "q": {"識別番号": OTHERS}})
    for local_id in (LOCAL_ID, OTHERS):
        book.write(Entry.EXCHANGE, **call(f"/v1/subjects/{local_id}", {"name": "x"}, {}))
    book.write(
        Entry.EXCHANGE, **call("/v1/enquiries", {"local_id": LOCAL_ID}, {"correlation_id": CORRELATION})
    )
    book.write(Entry.EXCHANGE, **call("/v1/enquiries/e1/result", None, {"local_id": LOCAL_ID}))
    violation = {
        "requirement": RULE.requirement,
        "code": RULE.code,
        "observed": "結果が違う",
        "expected": "届いたとおり",
        "where": "南側の GET /v1/enquiries/{…}/result（6 行目）",
        "scenario": "",
        "rule": RULE.id,
        "cause": "",
        "count": 3,
        "scenarios": [],
    }
    book.write(Entry.OCCASIONS, rules={}, kinds={}, violations=[violation], consequences=[])
    book.scenario(0, (RULE.requirement,), scenario=CHECK, file="")
    found = {"code": RULE.code, "observed": "結果が違う", "correlation_ids": [CORRELATION]}
    book.check(CHECK, (RULE.requirement,), Verdict.FAIL, **found)
    book.end()
    return book.folder


@pytest.mark.parametrize("check", [CHECK, RULE.requirement])
def test_it_holds_sentence_exchange_and_what_went_before(folder: Path, check: str) -> None:
    content = dispute(folder, check)
    head, *entries = (json.loads(line) for line in content.splitlines())
    assert head == head_of(content)
    assert (head["rule"]["ja"], head["code"], head["count"]) == (RULE.ja, RULE.code, 3)
    assert entries[0]["type"] == Entry.RUN
    assert entries[-1]["path"] == "/v1/enquiries/e1/result"
    assert any(entry.get("path") == "/v1/enquiries" for entry in entries)


def test_it_names_nobody(folder: Path) -> None:
    content = dispute(folder, CHECK).decode()
    assert LOCAL_ID not in content
    assert OTHERS not in content


def test_it_tells_nothing_of_others(folder: Path) -> None:
    paths = [json.loads(line).get("path", "") for line in dispute(folder, CHECK).splitlines()]
    assert len([path for path in paths if path.startswith("/v1/subjects/")]) == 1


@pytest.mark.parametrize("check", ["XX-01", ""])
def test_what_did_not_fail_is_told_in_one_sentence(folder: Path, check: str) -> None:
    with pytest.raises(ConfigurationError, match="不合格の検査ではない") as told:
        dispute(folder, check)
    assert CHECK in str(told.value)


def test_no_run_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="実行の記録を読めない"):
        dispute(tmp_path, CHECK)


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[1]\n"])
def test_another_file_is_no_dispute(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"異議|Expecting"):
        head_of(content)
