"""The checks of guide §3 over the wire: each refusal with its code, its logs, and a message that passes beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from harness.contract import json_binding
from harness.contract.affairs import affairs
from harness.contract.keys import bench_keys as keys_of
from harness.contract.law import Basis
from harness.contract.messages import Message, timestamp
from tests.gateway.fake_network import OTHER, OWN, PARTNER, FakeNetwork, enquiry, link_code, post, sealed
from tests.gateway.gateway_process import Gateway
from tests.gateway.tokens_altered import (
    alg_none,
    altered_header,
    for_somebody_else,
    moved_content,
    nested,
    other_type,
    unsigned,
    without_affair,
)

TAX_AFFAIR = affairs()["地方税の賦課徴収"].text
PROPER = enquiry(link_code("nobody"))


def fresh(**other: object) -> Message:
    return enquiry(link_code("nobody"), **other)


def notice(kind: str) -> Message:
    return replace(fresh(kind=kind), content={"items": {}} if kind == "連絡" else {})


REFUSED: dict[str, tuple[int, str, Callable[[], str]]] = {
    "no-jws": (400, "MALFORMED", lambda: "hello"),
    "no-ascii": (400, "MALFORMED", lambda: "電文"),
    "two-parts": (400, "MALFORMED", lambda: ".".join(sealed(fresh()).split(".")[:2])),
    "nested": (400, "MALFORMED", nested),
    "too-long": (400, "MALFORMED", lambda: "a" * 4_000_001),
    "unsigned": (401, "SIGNATURE_INVALID", lambda: unsigned(sealed(fresh()))),
    "alg-none": (401, "SIGNATURE_INVALID", lambda: alg_none(sealed(fresh()))),
    "stranger": (401, "SIGNATURE_INVALID", lambda: sealed(fresh(), outer=keys_of(OTHER))),
    "sender-signs": (401, "SIGNATURE_INVALID", lambda: sealed(fresh(), outer=keys_of(PARTNER))),
    "altered-header": (401, "SIGNATURE_INVALID", lambda: altered_header(sealed(fresh()))),
    "other-type": (401, "SIGNATURE_INVALID", lambda: other_type(fresh())),
    "without-affair": (400, "MALFORMED", lambda: without_affair(fresh())),
    "foreign": (403, "NOT_ADDRESSEE", lambda: sealed(fresh(recipient=OTHER))),
    "expired": (410, "EXPIRED", lambda: sealed(fresh(expires_at=timestamp(timedelta(seconds=-1))))),
    "no-moment": (400, "MALFORMED", lambda: sealed(fresh(expires_at="2012-02-30T00:00:00Z"))),
    "unknown-partner": (
        403,
        "PARTNER_UNKNOWN",
        lambda: sealed(fresh(sender="999999"), inner=keys_of(PARTNER)),
    ),
    "wrong-key": (400, "DECRYPTION_FAILED", lambda: for_somebody_else(fresh())),
    "content-of-stranger": (401, "SIGNATURE_INVALID", lambda: sealed(fresh(), inner=keys_of(OTHER))),
    "moved-content": (401, "SIGNATURE_INVALID", lambda: moved_content(fresh())),
    "bad-content": (400, "MALFORMED", lambda: sealed(replace(fresh(), content={"key": {"年": 2011}}))),
    "role": (403, "ROLE_NOT_ALLOWED", lambda: sealed(fresh(role="resident-tax"))),
    "unknown-role": (403, "ROLE_NOT_ALLOWED", lambda: sealed(fresh(role="mayor"))),
    "item": (403, "BASIS_NOT_LAWFUL", lambda: sealed(fresh(basis=Basis("2015-09-09", "16")))),
    "table": (403, "BASIS_NOT_LAWFUL", lambda: sealed(fresh(basis=Basis("1999-01-01", "57")))),
    "information": (403, "BASIS_NOT_LAWFUL", lambda: sealed(fresh(information="戸籍関係情報"))),
    "affair": (403, "BASIS_NOT_LAWFUL", lambda: sealed(fresh(affair=TAX_AFFAIR, role="resident-tax"))),
    "receipt": (404, "NOT_FOUND", lambda: sealed(notice("受領"))),
    "unasked-error": (
        404,
        "NOT_FOUND",
        lambda: sealed(
            replace(
                fresh(kind="エラー"),
                content={"code": "RECORD_NOT_FOUND", "phase": "連携情報保管", "reason": "なし"},
            )
        ),
    ),
}
AUDITED_ONLY = {"MALFORMED", "SIGNATURE_INVALID"}


@pytest.mark.parametrize("name", REFUSED)
def test_what_must_be_refused_is_refused(clean: Gateway, network: FakeNetwork, name: str) -> None:
    status, code, build = REFUSED[name]
    token = build()
    before = len(clean.log("audit"))
    reply = post(clean.north, token)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    entry = next(e for e in clean.log("audit")[before:] if e["code"] == code)
    assert (entry["outcome"], entry["code"], entry["phase"]) == ("拒否", code, reply.json()["phase"])
    if code in {"NOT_ADDRESSEE", "EXPIRED", "ROLE_NOT_ALLOWED", "BASIS_NOT_LAWFUL", "DECRYPTION_FAILED"}:
        header = json_binding.peek(token)["header"]
        (access,) = clean.log("access", message_id=header["message_id"])
        assert (access["event"], access["code"]) == ("拒否", code)
        assert (access["requester"], access["provider"]) == (header["from"], header["to"])


def test_a_tampered_message_is_audited_by_its_ids_and_leaves_no_access_record(clean: Gateway) -> None:
    message = fresh()
    assert post(clean.north, unsigned(sealed(message))).status_code == 401
    (audited,) = clean.log("audit", message_id=message.header.message_id)
    assert (audited["code"], audited["correlation_id"]) == (
        "SIGNATURE_INVALID",
        message.header.correlation_id,
    )
    assert clean.log("access", message_id=message.header.message_id) == []


def test_reasons_quote_no_values(clean: Gateway) -> None:
    content = {"key": {"氏名": ["静岡　花子"], "静岡　花子": 1}}
    reply = post(clean.north, sealed(replace(fresh(), content=content)))
    assert reply.json()["code"] == "MALFORMED"
    assert "花子" not in reply.json()["reason"].replace("content/key/静岡　花子", "")


def test_a_message_is_accepted_once_and_a_refused_one_does_not_count(
    clean: Gateway, network: FakeNetwork
) -> None:
    message = fresh()
    assert post(clean.north, unsigned(sealed(message))).status_code == 401
    assert post(clean.north, sealed(replace(message, content={"key": {"a": 1}}))).status_code == 400
    assert post(clean.north, sealed(message)).status_code == 202
    again = post(clean.north, sealed(message))
    assert (again.status_code, again.json()["code"]) == (409, "REPLAYED")
    network.answer_to(message.header.correlation_id)
    fence = fresh()
    assert post(clean.north, sealed(fence)).status_code == 202
    network.answer_to(fence.header.correlation_id)
    assert len(network.of(message.header.correlation_id)) == 1


def test_the_checks_come_in_the_order_of_the_guide(clean: Gateway) -> None:
    all_wrong = fresh(recipient=OTHER, expires_at=timestamp(timedelta(seconds=-1)), role="resident-tax")
    assert post(clean.north, sealed(all_wrong)).json()["code"] == "NOT_ADDRESSEE"
    expired = fresh(expires_at=timestamp(timedelta(seconds=-1)), role="resident-tax", sender=OWN)
    assert post(clean.north, sealed(expired)).json()["code"] == "EXPIRED"
    role = fresh(role="resident-tax", basis=Basis("2015-09-09", "16"))
    assert post(clean.north, sealed(role)).json()["code"] == "ROLE_NOT_ALLOWED"
