"""The check of one answer: a proper one passes, and each thing that may be wrong with one has its code."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any, cast

import pytest

from harness.catalogue.verdicts import Verdict
from harness.contract.journal_carried import Collected
from harness.contract.json_binding import encrypt, peek, wrap
from harness.contract.keys import bench_keys
from harness.contract.law import Basis
from harness.contract.messages import Header, Kind, Message, new_id, parse_timestamp, timestamp
from harness.gateways.exchange import Reply
from harness.gateways.south import SouthFace
from load.judge.sample import Checked, check_north, check_result
from load.prepare.prepared import Prepared
from load.send.sent import Sent
from tests.load.statements import OWN, statement
from tests.load.test_preparing import prepared

STRANGER = "131016"
Change = Callable[[Message], Message]


@pytest.fixture(scope="module")
def requests(tmp_path_factory: pytest.TempPathFactory) -> list[Prepared]:
    """Some of each face."""
    return prepared(tmp_path_factory.mktemp("prepared"))


def first(requests: list[Prepared], name: str) -> Prepared:
    """The first of a name."""
    return next(one for one in requests if one.name == name)


def proper(asked: Prepared) -> Message:
    """What a gateway answers."""
    header = Header.from_wire(peek(asked.body)["header"])
    return Message(header.reply(Kind.ANSWER, header.link_code), {"items": dict(asked.expected["items"])})


def checked(asked: Prepared, message: Message, signer: str = OWN, to: str = "") -> Checked:
    """The check of an answer, signed by one and encrypted to another organisation."""
    keys = bench_keys(signer).signature
    recipient = bench_keys(to or message.header.recipient).public().encryption
    token = wrap(message.header, encrypt(message, keys, recipient), keys)
    (found,) = check_north(statement(), [(asked, exchange(asked, message, token))])
    return found


def exchange(asked: Prepared, message: Message, token: str) -> Collected:
    """As the network keeps it."""
    return {
        "seq": asked.index,
        "direction": "from_gateway",
        "token": token,
        "size": len(token),
        "header": message.header.to_wire(),
        "person": asked.person,
        "content": None,
        "alteration": None,
        "status": 202,
        "error": None,
        "text": "",
        "problem": None,
        "seconds": 0.01,
        "at": timestamp(),
        "at_ns": time.time_ns(),
    }


def with_header(**changes: Any) -> Change:
    """The same answer under another header."""
    return lambda message: replace(message, header=replace(message.header, **changes))


def with_items(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Change:
    """The same answer with other items."""
    return lambda message: replace(message, content={"items": change(message.content["items"])})


WRONG: dict[str, tuple[str, Change]] = {
    "another link code": ("WRONG_RECORD", with_header(link_code="x" * 24)),
    "another requester": ("HEADER_DIFFERS", with_header(recipient=STRANGER)),
    "another provider": ("HEADER_DIFFERS", with_header(sender=STRANGER)),
    "another correlation": ("HEADER_DIFFERS", with_header(correlation_id=new_id())),
    "another basis": ("HEADER_DIFFERS", with_header(basis=Basis("2015-09-09", "1"))),
    "another role": ("HEADER_DIFFERS", with_header(role="child-benefit")),
    "another expiry": ("HEADER_DIFFERS", with_header(expires_at="2030-01-01T00:00:00.000Z")),
    "an item less": ("ITEMS_DIFFER", with_items(lambda i: dict(list(i.items())[1:]))),
    "an item more": ("ITEMS_DIFFER", with_items(lambda i: {**i, "本籍": "静岡県"})),
    "a value changed": ("VALUE_CHANGED", with_items(lambda i: {**i, "住所": "静岡市"})),
    "no items": ("ITEMS_DIFFER", with_items(lambda _: {})),
    "everything changed": ("WRONG_RECORD", with_items(lambda i: dict.fromkeys(i, "別人"))),
}


def test_a_proper_answer_passes(requests: list[Prepared]) -> None:
    for asked in (one for one in requests if one.face == "north"):
        assert checked(asked, proper(asked)).verdict == Verdict.PASS


def test_an_expiry_is_a_moment_and_no_text(requests: list[Prepared]) -> None:
    asked = first(requests, "照会依頼 住民票関係情報")
    moment = parse_timestamp(proper(asked).header.expires_at)
    there = moment.astimezone(timezone(timedelta(hours=9))).isoformat()
    assert there != proper(asked).header.expires_at
    assert checked(asked, with_header(expires_at=there)(proper(asked))).verdict == Verdict.PASS


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_has_its_code(requests: list[Prepared], name: str) -> None:
    code, change = WRONG[name]
    asked = first(requests, "照会依頼 住民票関係情報")
    found = checked(asked, change(proper(asked)))
    assert (found.verdict, found.code) == (Verdict.FAIL, code)


def test_another_number_is_another_value_even_where_it_looks_the_same(requests: list[Prepared]) -> None:
    asked = first(requests, "照会依頼 地方税関係情報")
    amount = next(n for n, v in asked.expected["items"].items() if isinstance(v, int))
    found = checked(asked, with_items(lambda i: {**i, amount: str(i[amount])})(proper(asked)))
    assert found.verdict == Verdict.FAIL


def test_the_record_of_somebody_else_is_told_from_one_changed_value(requests: list[Prepared]) -> None:
    asked = first(requests, "照会依頼 地方税関係情報")
    other = next(r for r in requests if r.name == asked.name and r.expected != asked.expected)
    found = checked(asked, with_items(lambda _: other.expected["items"])(proper(asked)))
    assert found.code == "WRONG_RECORD"


def test_signature_and_encryption_are_checked(requests: list[Prepared]) -> None:
    asked = first(requests, "照会依頼 地方税関係情報")
    assert checked(asked, proper(asked), signer=STRANGER).code == "BAD_MESSAGE"
    assert checked(asked, proper(asked), to=STRANGER).code == "BAD_MESSAGE"


def test_an_error_is_no_answer(requests: list[Prepared]) -> None:
    asked = first(requests, "照会依頼 地方税関係情報")
    answer = proper(asked)
    content = {"code": "RECORD_NOT_FOUND", "phase": "連携情報保管", "reason": "ない"}
    found = checked(asked, Message(replace(answer.header, kind=Kind.ERROR), content))
    assert (found.code, found.observed) == ("NO_ANSWER", "エラー RECORD_NOT_FOUND")


def test_a_finding_names_items_and_no_values(requests: list[Prepared]) -> None:
    asked = first(requests, "照会依頼 住民票関係情報")
    found = checked(asked, with_items(lambda i: dict.fromkeys(i, "別人の値"))(proper(asked)))
    said = json.dumps(vars(found), ensure_ascii=False)
    assert "氏名" in said
    assert not any(str(v) in said for v in (*asked.expected["items"].values(), "別人の値") if len(str(v)) > 1)


class South:
    """A south face that shows one result."""

    def __init__(self, asked: Prepared, status: str = "応答済", **changes: Any) -> None:
        facts = {"enquiry_id": "e", "information": "地方税関係情報", **asked.expected}
        self.told = {"enquiry_id": "e", "correlation_id": new_id(), "status": status, "error": None}
        self.got = {**facts, **changes}

    def enquiry(self, _: str) -> Reply:
        """処理状況."""
        return Reply("GET", 200, self.told, "", 0.0)

    def result(self, _: str) -> Reply:
        """The result."""
        return Reply("GET", 200, self.got, "", 0.0)


@pytest.mark.parametrize(
    ("status", "changes", "code"),
    [
        ("応答済", {}, ""),
        ("期限切れ", {}, "STATUS_NOT_REACHED"),
        ("応答済", {"local_id": "9999999999"}, "WRONG_RECORD"),
        ("応答済", {"from": STRANGER}, "WRONG_RECORD"),
        ("応答済", {"items": {}}, "ITEMS_DIFFER"),
    ],
)
def test_a_result_of_the_south_is_that_of_the_enquiry(
    requests: list[Prepared], status: str, changes: dict[str, Any], code: str
) -> None:
    asked = first(requests, "業務システムの照会 地方税関係情報")
    south = cast(SouthFace, South(asked, status, **changes))
    found = check_result(south, asked, Sent(asked.index, 0, 0, 0, 202, correlation_id="c", enquiry_id="e"))
    assert found.code == code
    assert found.verdict == (Verdict.FAIL if code else Verdict.PASS)
