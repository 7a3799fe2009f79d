"""What contract 2 decides of requests of the south face: each decision kept, and broken in each of its alternatives. Of a gateway of
contract 1 either answer passes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

import pytest

from harness.model.history.exchanges import Fetch
from harness.model.judges.south_http import paths_and_answers
from harness.model.judges.south_refusals import refusals_of_requests
from harness.model.rules import rules
from tests.model.histories import OWN, Told, broken, occasions
from tests.model.letters import NETWORK, directory
from tests.model.south_told import (
    BODIES,
    BY_NAME,
    OFFICER,
    RESIDENT,
    WISH,
    ask,
    begun,
    declared,
    error,
    refused_row,
)

ENQUIRIES, NOTICES, BATCHES = "POST /v1/enquiries", "POST /v1/notices", "POST /v1/batches"
ROW: Final = "POST /v1/batches の行"
RECORDS, IMPORTS = "PUT /v1/records", "POST /v1/imports"
ACTED: Final = tuple(name for name, request in BY_NAME.items() if request.acts)
SET: Final = {"id": "s", "number": 2, "of": 2, "lines": 0}
FLOAT: Final = {**BODIES["record"], "items": {"所得": 812000.0}}
OWN_OUT: Final = {"organisations": [row for row in directory()["organisations"] if row["code"] != OWN]}


class Trial(NamedTuple):
    """`right` and `wrong`: codes of refusals, "" for taken; `told`: of the request, as `ask` takes it; `fetched`: members of the directory
    that differ; `without`: what is not declared."""

    rule: str
    alternative: str
    right: str
    wrong: str
    told: Mapping[str, Any]
    fetched: Mapping[str, Any] = {}
    without: str = ""


def of_wishes(rule: str, variant: str, right: str, wrong: str, **how: Any) -> list[Trial]:
    """As an enquiry and as a row; a 連絡 is lawful outside of the table."""
    changed = how.pop("changed", {})
    row = {"body": {"rows": [{**WISH, **changed}]}}
    return [
        Trial(rule, f"{ENQUIRIES}: {variant}", right, wrong, {"changed": changed}, **how),
        Trial(rule, f"{ROW}: {variant}", right, wrong, row, **how),
    ]


# A run does not let a minute pass in which nothing is lawful.
OUT: Final = of_wishes("own-kind", "自団体が一覧にない", "BASIS_NOT_LAWFUL", "", fetched=OWN_OUT)
TRIALS: Final = [
    Trial("body-too-large", f"{RECORDS}: 長すぎる本文", "TOO_LARGE", "", {"size": 64_000_001}),
    *(
        Trial("staff-header-form", f"{name}: {header} の形", "STAFF_REQUIRED", "", {"staff": staff})
        for name in ACTED
        for header, staff in (
            ("X-Staff-Id", replace(OFFICER, id="職員")),
            ("X-Staff-Role", replace(OFFICER, role="職責")),
        )
    ),
    *(
        Trial(
            "session-end-empty",
            f"{name}: 空",
            "STAFF_SESSION_EXPIRED",
            "",
            {"staff": replace(OFFICER, valid_until=" ")},
        )
        for name in ACTED
    ),
    Trial(
        "format-asserted",
        "PUT /v1/subjects/{local_id}: 日付",
        "INVALID_REQUEST",
        "",
        {"changed": {"birth_date": "2012-02-30"}},
    ),
    Trial("whole-numbers", f"{RECORDS}: 整数", "", "INVALID_REQUEST", {"body": FLOAT}),
    Trial(
        "whole-numbers",
        "POST /v1/records/bulk: 整数",
        "",
        "INVALID_REQUEST",
        {"body": {"records": [FLOAT]}},
    ),
    Trial("whole-numbers", f"{NOTICES}: 整数", "", "INVALID_REQUEST", {"changed": {"items": {"所得": 1.0}}}),
    *(
        Trial(
            "undeclared-list",
            f"{name}: ほかの役割の要求",
            "",
            "NOT_DECLARED",
            {},
            {},
            "roles 応答側",
        )
        for name in (RECORDS, "POST /v1/records/bulk", "POST /v1/records/deletion")
    ),
    Trial(
        "import-refused",
        f"{IMPORTS}: 様式のない情報",
        "INVALID_REQUEST",
        "",
        {"changed": {"information": "ない情報"}},
    ),
    Trial(
        "import-refused",
        f"{IMPORTS}: 長さの合わない base64",
        "INVALID_REQUEST",
        "",
        {"changed": {"file": "QUJDR"}},
    ),
    *(
        Trial("file-set", f"{IMPORTS}: {word}", right, wrong, {"changed": {"set": {**SET, **changed}}})
        for word, right, wrong, changed in (
            ("組のファイル", "", "INVALID_REQUEST", {}),
            ("組の形", "INVALID_REQUEST", "", {"id": "a b"}),
            ("組の形", "INVALID_REQUEST", "", {"of": 0}),
            ("組の番号", "INVALID_REQUEST", "", {"number": 3}),
            ("組の行数", "INVALID_REQUEST", "", {"lines": 1}),
        )
    ),
    Trial("pending-by-owner", "GET /v1/pending: どの職責でも", "", "ROLE_NOT_ALLOWED", {}),
    *of_wishes("own-enquiry", "自団体", "", "PARTNER_UNKNOWN", changed={"to": OWN}),
    *of_wishes(
        "network-is-no-partner", "宛先", "PARTNER_UNKNOWN", "BASIS_NOT_LAWFUL", changed={"to": NETWORK}
    ),
    Trial("network-is-no-partner", f"{NOTICES}: 宛先", "PARTNER_UNKNOWN", "", {"changed": {"to": NETWORK}}),
    *of_wishes("tables-declared", "一覧の示さない版", "", "BASIS_NOT_LAWFUL", fetched={"tables": []}),
]


def told_of(trial: Trial, code: str, contract: str) -> Told:
    """The trial's request, answered with that code."""
    what = replace(declared(trial.without), contract=contract)
    told = Told(what) if trial.fetched else begun(what)
    if trial.fetched:
        told.register(RESIDENT)
    told.told(Fetch(len(told.exchanges), told.span(-100.0), 200, {**directory(), **trial.fetched}))
    name = trial.alternative.partition(": ")[0]
    if name == ROW:
        row = refused_row(code) if code else {"enquiry_id": "e-9", "correlation_id": "c", "status": "受付"}
        ask(told, BATCHES, answer={"batch_id": "b-9", "rows": [row]}, **trial.told)
    else:
        ask(told, name, **({"code": code} if code else {}), **trial.told)
    return told


@pytest.mark.parametrize("trial", [*TRIALS, *OUT], ids=lambda trial: f"{trial.rule}-{trial.alternative}")
def test_a_decision_is_kept_and_broken(trial: Trial) -> None:
    rule = f"contract-2-{trial.rule}"
    assert broken(refusals_of_requests, told_of(trial, trial.wrong, "2")) == [rule]
    kept = told_of(trial, trial.right, "2")
    assert broken(refusals_of_requests, kept) == []
    assert (rule, trial.alternative) in occasions(refusals_of_requests, kept)


@pytest.mark.parametrize("trial", [*TRIALS, *OUT], ids=lambda trial: f"{trial.rule}-{trial.alternative}")
def test_contract_1_leaves_it_open(trial: Trial) -> None:
    for code in (trial.right, trial.wrong):
        told = told_of(trial, code, "1")
        assert broken(refusals_of_requests, told) == []
        assert {rules()[rule].contract for rule, _ in occasions(refusals_of_requests, told)} == {"1"}


METHOD: Final = {"トークンなし": "", "知らないトークン": "unknown", "ほかのトークン": "staff"}


@pytest.mark.parametrize("word", METHOD)
def test_a_method_that_is_not_listed_comes_before_the_token(word: str) -> None:
    rule = "contract-2-method-before-token"
    for contract, status, wrong in (("2", 401, [rule]), ("2", 405, []), ("1", 401, []), ("1", 405, [])):
        told = Told(replace(declared(), contract=contract))
        ask(told, RECORDS)
        answer = error("UNAUTHENTICATED") if status == 401 else {}
        told.call("DELETE", "/v1/records", status=status, caller=METHOD[word], answer=answer)
        assert broken(paths_and_answers, told) == wrong
        assert ((rule, word) in occasions(paths_and_answers, told)) is (contract == "2")


def test_the_year_0_stays_open() -> None:
    for code in ("", "INVALID_REQUEST"):
        trial = Trial(
            "", "PUT /v1/subjects/{local_id}: ", code, "", {"changed": {"birth_date": "0000-01-01"}}
        )
        assert broken(refusals_of_requests, told_of(trial, code, "2")) == []


def test_a_body_beyond_the_limit_need_not_be_answered() -> None:
    told = Told(replace(declared(), contract="2"))
    ask(told, RECORDS)
    ask(told, RECORDS, size=64_000_001, status=None, problem="BROKEN")
    assert broken(paths_and_answers, told) == []
