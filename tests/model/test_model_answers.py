"""One enquiry, one answer, over the whole record."""

from typing import Any

import pytest

from harness.model.answers import repeated_answers
from harness.model.forms import malformed_messages
from harness.model.owners import Owners
from tests.model.records import OTHER, OWN, delivered, sent

NOBODY = Owners({}, {})
Record = list[Any]


def judged(record: Record) -> list[tuple[str, str]]:
    """Requirement and code of each violation."""
    return [(v.requirement, v.code) for v in repeated_answers(record, OWN, NOBODY)]


ASKED, NOTICE = delivered(), delivered("連絡")
AGAIN = sent(ASKED)["header"]["message_id"]
KEPT: dict[str, Record] = {
    "an answer": [ASKED, sent(ASKED)],
    "an error": [ASKED, sent(ASKED, "エラー")],
    "an answer that overtakes the 202 of the inbox": [sent(ASKED), ASKED],
    "none": [ASKED],
    "the same message again": [ASKED, sent(ASKED, message_id=AGAIN), sent(ASKED, message_id=AGAIN)],
    "a retry after an outage": [
        ASKED,
        sent(ASKED, status=502, message_id=AGAIN),
        sent(ASKED, message_id=AGAIN),
        sent(ASKED, message_id=AGAIN, status=502),
    ],
    "another answer in place of one that was refused": [
        ASKED,
        sent(ASKED, status=403),
        sent(ASKED, "エラー"),
    ],
    "two enquiries that share a correlation id": [
        ASKED,
        delivered(correlation_id=ASKED["header"]["correlation_id"]),
        sent(ASKED),
        sent(ASKED),
    ],
    "an enquiry that may have been taken": [
        delivered(status=None) | {"header": ASKED["header"]},
        sent(ASKED),
    ],
    "a 受領 of a 連絡 and of its repetition": [
        NOTICE,
        delivered("連絡", correlation_id=NOTICE["header"]["correlation_id"]),
        sent(NOTICE, "受領"),
        sent(NOTICE, "受領"),
    ],
    "an enquiry of its own": [sent(ASKED, "照会依頼")],
}
BROKEN: dict[str, tuple[Record, tuple[str, str]]] = {
    "two answers": ([ASKED, sent(ASKED), sent(ASKED)], ("NET-03", "DUPLICATE_ANSWER")),
    "an answer after an error": ([ASKED, sent(ASKED, "エラー"), sent(ASKED)], ("NET-03", "DUPLICATE_ANSWER")),
    "an error after an answer": ([ASKED, sent(ASKED), sent(ASKED, "エラー")], ("NET-03", "DUPLICATE_ANSWER")),
    "a second answer that the network refuses": (
        [ASKED, sent(ASKED), sent(ASKED, status=403)],
        ("NET-03", "DUPLICATE_ANSWER"),
    ),
    "an answer to nobody": ([sent(delivered())], ("NET-03", "FORWARDED")),
    "an answer to what was refused": (
        [delivered(status=410) | {"header": ASKED["header"]}, sent(ASKED)],
        ("NET-03", "FORWARDED"),
    ),
    "an answer to another partner": ([ASKED, sent(ASKED, to=OTHER)], ("NET-03", "FORWARDED")),
    "two 受領": ([NOTICE, sent(NOTICE, "受領"), sent(NOTICE, "受領")], ("NTC-03", "DUPLICATE_ANSWER")),
    "a 受領 for nothing": ([sent(NOTICE, "受領")], ("NTC-03", "FORWARDED")),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_the_contract_permits_passes(name: str) -> None:
    assert judged(KEPT[name]) == []


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_one_too_many_is_convicted_once(name: str) -> None:
    record, expected = BROKEN[name]
    assert judged(record) == [expected]


def test_a_violation_belongs_to_the_scenario_of_its_person() -> None:
    owners = Owners({"p": "00_機能/x.feature:3"}, {})
    found = list(repeated_answers([ASKED, sent(ASKED), sent(ASKED)], OWN, owners))
    assert [v.scenario for v in found] == ["00_機能/x.feature:3"]


def test_headers_of_odd_types_are_passed_over() -> None:
    headers: list[Any] = [None, [], {"kind": ["照会依頼"], "message_id": 1}]
    odd = [{**ASKED, "header": header} for header in headers]
    assert judged(odd) == []


@pytest.mark.parametrize(
    ("kind", "code", "requirement"),
    [
        ("照会応答", None, "SIG-03"),
        ("照会依頼", None, "SIG-13"),
        ("エラー", "SIGNATURE_INVALID", "SIG-03"),
        ("照会応答", "MALFORMED", "CON-25"),
        ("照会依頼", "MALFORMED", "CON-24"),
        ("連絡", "MALFORMED", "NTC-01"),
        ("受領", "MALFORMED", "NTC-03"),
    ],
)
def test_a_message_that_is_none_convicts_who_had_to_make_it(
    kind: str, code: str | None, requirement: str
) -> None:
    spoilt: Any = {**sent(ASKED, kind), "problem": "保護ヘッダー", "error": {"code": code} if code else None}
    found = list(malformed_messages([sent(ASKED), spoilt], NOBODY))
    assert [(v.requirement, v.code) for v in found] == [(requirement, "BAD_MESSAGE")]
