"""What a header says that begins a correlation, and what one that answers it keeps."""

from typing import Any

import pytest

from harness.contract.law import Basis
from harness.contract.messages import Header, Kind, Mode, timestamp
from harness.contract.schemas import problem_with

SAID: dict[str, Any] = {
    "sender": "221007",
    "recipient": "401307",
    "basis": Basis("2015-09-09", "57"),
    "affair": "児童扶養手当法による児童扶養手当の支給に関する事務",
    "information": "地方税関係情報",
    "role": "child-allowance",
    "mode": Mode.BATCH,
    "link_code": "x" * 24,
    "expires_at": timestamp(),
}


@pytest.mark.parametrize(
    ("header", "kind"), [(Header.enquiry(**SAID), Kind.ENQUIRY), (Header.notice(**SAID), Kind.NOTICE)]
)
def test_a_correlation_goes_by_the_id_of_the_message_that_begins_it(header: Header, kind: Kind) -> None:
    assert header.kind == kind
    assert header.correlation_id == header.message_id
    assert {name: getattr(header, name) for name in SAID} == SAID
    assert problem_with("header", header.to_wire()) is None


def test_no_two_begin_the_same_correlation() -> None:
    assert Header.enquiry(**SAID).correlation_id != Header.enquiry(**SAID).correlation_id


def test_an_answer_belongs_to_what_it_answers_under_an_id_of_its_own() -> None:
    asked = Header.enquiry(**SAID)
    answer = asked.reply(Kind.ANSWER, "y" * 24)
    assert answer.correlation_id == asked.message_id != answer.message_id
    assert (answer.sender, answer.recipient) == (asked.recipient, asked.sender)
