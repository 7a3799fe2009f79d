"""Kinds of exchange are those of the contract; of whichever there were few is told."""

from typing import cast

import pytest

from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry
from harness.contract.messages import Kind
from harness.contract.resources import json_document
from harness.model.kinds import ENOUGH, contract_kinds, few, kinds
from harness.record.judged import seen_rate

WHOLE = {
    "roles": ("照会側", "応答側", "連絡"),
    "modes": ("オンライン", "バッチ"),
    "handling": ("自動", "手動"),
    "legacy_files": ("CP932固定長",),
    "use_cases": ("税務に関する情報提供",),
}


def call(method: str, path: str) -> AnyEntry:
    return cast(AnyEntry, {"type": Entry.POLL, "method": method, "path": path})


def message(direction: str, kind: str | None) -> AnyEntry:
    header = None if kind is None else {"kind": kind}
    return cast(AnyEntry, {"type": Entry.EXCHANGE, "face": "north", "direction": direction, "header": header})


def test_every_request_of_the_contract_is_a_kind_and_every_kind_of_message_two() -> None:
    paths = json_document("published", "south.openapi.json")["paths"]
    requests = sum(len(methods) for methods in paths.values())
    assert sum(kind.startswith("南側") for kind in contract_kinds()) == requests + 1
    assert sum(kind.startswith("北側") for kind in contract_kinds()) == 2 * len(Kind) + 1


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        (call("GET", "/v1/enquiries/a-1/result"), "南側 GET /v1/enquiries/{id}/result"),
        (call("GET", "/v1/logs/access?since=x"), "南側 GET /v1/logs/access"),
        (call("DELETE", "/v1/enquiries/a-1/result"), "南側 ほか"),
        (call("POST", "/v1/health"), "南側 ほか"),
        (call("GET", "/v2/health"), "南側 ほか"),
        (message("from_gateway", Kind.ANSWER), "北側 送信 照会応答"),
        (message("to_gateway", None), "北側 受信 ほか"),
    ],
)
def test_an_exchange_is_of_one_kind(entry: AnyEntry, kind: str) -> None:
    assert kinds([entry, entry]) == {kind: 2}
    assert kind in contract_kinds()


def test_few_are_those_below_what_finds_a_fault_in_a_hundred() -> None:
    assert (seen_rate(ENOUGH) or 1) < 0.01 < (seen_rate(ENOUGH - 2) or 0)
    enough = dict.fromkeys(contract_kinds(), ENOUGH)
    assert few(enough, WHOLE) == ()
    (one,) = few({**enough, "南側 POST /v1/batches": ENOUGH - 1}, WHOLE)
    assert (one.kind, one.exchanges, one.lacks) == ("南側 POST /v1/batches", ENOUGH - 1, ())


def test_what_is_not_declared_is_why_there_were_few() -> None:
    lacks = {one.kind: one.lacks for one in few({}, {**WHOLE, "roles": ("応答側",)})}
    assert lacks["北側 送信 照会依頼"] == (("roles", "照会側"),)
    assert lacks["南側 POST /v1/notices"] == (("roles", "連絡"),)
    assert lacks["北側 送信 照会応答"] == lacks["南側 GET /v1/health"] == ()
