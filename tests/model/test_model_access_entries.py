"""What an entry of the access log says of its message, member by member."""

from collections.abc import Callable
from typing import Any

import pytest

from harness.model.judges.logs import logs
from tests.model.histories import OTHER, OWN, PARTNER, Told, broken
from tests.model.kept_logs import Entry, Kept
from tests.model.test_model_access_log import CONTENTS, exchanged

MEMBERS: dict[str, tuple[Callable[[Entry], dict[str, Any]], str]] = {
    "kind": (lambda e: {"kind": "受領"}, "access-header"),
    "correlation_id": (
        lambda e: {"correlation_id": e["message_id"][::-1].replace("-", "0")[:36]},
        "access-header",
    ),
    "basis": (lambda e: {"basis": e["basis"] | {"item": "58"}}, "access-header"),
    "affair": (lambda e: {"affair": "別の事務"}, "access-header"),
    "information": (lambda e: {"information": "住民票関係情報"}, "access-header"),
    "requester": (lambda e: {"requester": OTHER}, "access-parties"),
    "the parties the other way round": (
        lambda e: {"requester": e["provider"], "provider": e["requester"]},
        "access-parties",
    ),
    "an item left out": (lambda e: {"items": e["items"][1:]}, "access-items"),
    "an item of the record": (lambda e: {"items": [*e["items"], "住所"]}, "access-items"),
    "an item twice": (lambda e: {"items": [*e["items"], *e["items"][:1]]}, "access-items"),
    "a code": (lambda e: {"code": "NOT_FOUND"}, "access-code-none"),
}


@pytest.mark.parametrize("event", ["送信", "受信"])
@pytest.mark.parametrize("member", MEMBERS)
def test_an_entry_says_what_its_message_said(event: str, member: str) -> None:
    change, rule = MEMBERS[member]
    kept, message = exchanged("照会応答", event)
    entry = kept.access(event, message)
    kept.logs["access"].pop()
    changed = change(entry)
    if "correlation_id" in changed:
        changed = {"correlation_id": "00000000-0000-4000-8000-000000000000"}
    kept.access(event, message, **changed)
    kept.show("access")
    assert broken(logs, kept.told) == [rule]


@pytest.mark.parametrize(
    ("kind", "event", "code", "told", "rule"),
    [
        ("エラー", "送信", None, {"code": None}, "access-code-error"),
        ("エラー", "受信", None, {"code": "NOT_FOUND"}, "access-code-error"),
        ("照会依頼", "拒否", "EXPIRED", {"code": "REPLAYED"}, "access-code-refusal"),
        ("照会依頼", "拒否", "EXPIRED", {"code": None}, "access-code-refusal"),
        ("照会依頼", "受信", None, {"items": ["氏名"]}, "access-items"),
        ("連絡", "受信", None, {"items": ["氏名"]}, "access-items"),
        ("エラー", "送信", None, {"requester": OWN, "provider": PARTNER}, "access-parties"),
    ],
)
def test_codes_and_items_are_of_their_kind(
    kind: str, event: str, code: str | None, told: dict[str, Any], rule: str
) -> None:
    kept, message = exchanged(kind, event, code)
    kept.access(event, message, **told)
    kept.show("access")
    assert broken(logs, kept.told) == [rule]


@pytest.mark.parametrize(
    ("kind", "event", "code", "told"),
    [
        ("連絡", "送信", None, {"requester": PARTNER, "provider": OWN}),
        ("受領", "受信", None, {"requester": PARTNER, "provider": OWN}),
        ("受領", "受信", None, {"requester": OWN, "provider": PARTNER}),
        ("照会応答", "送信", None, {"items": ["氏名", "総所得額"]}),
        ("照会応答", "拒否", "NOT_FOUND", {"items": ["総所得額", "氏名"]}),
        ("照会応答", "拒否", "NOT_FOUND", {"items": []}),
        ("エラー", "拒否", "NOT_FOUND", {"code": "RECORD_NOT_FOUND"}),
    ],
)
def test_what_is_open_passes(kind: str, event: str, code: str | None, told: dict[str, Any]) -> None:
    kept, message = exchanged(kind, event, code)
    kept.access(event, message, **told)
    kept.show("access")
    assert broken(logs, kept.told) == []


def test_an_error_about_a_notice_may_name_the_parties_either_way() -> None:
    told = Told()
    kept, person = Kept(told), told.person("p")
    notice = told.deliver("連絡", person, CONTENTS["連絡"])
    kept.access("受信", notice)
    error = told.send("エラー", person, CONTENTS["エラー"], asked=notice)
    kept.access("送信", error, requester=error.header["from"], provider=error.header["to"])
    kept.show("access")
    assert broken(logs, told) == []
