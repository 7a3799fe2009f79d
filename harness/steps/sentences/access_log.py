"""ログ管理（連携IF）: three records that must reconcile, refusals that are kept, personal data that is not."""

import json
from typing import Any

from pytest_bdd import parsers, then

from harness.catalogue.findings import NonconformityError
from harness.contract.messages import parse_timestamp
from harness.contract.refusals import refusals
from harness.contract.texts import told
from harness.steps.verbs.canaries import personal_data_in
from harness.steps.verbs.logs import ASKED_AND_ANSWERED, LOGS, log
from harness.steps.verbs.responding_side import answers
from harness.steps.verbs.scene import Scene

_FIELDS = ("kind", "message_id", "correlation_id", "requester", "provider", "basis", "affair", "information")


@then("本市・相手団体・ネットワークの三つの記録が、電文ごとに一致する")
def _reconcile(scene: Scene) -> None:
    """番号法23条: parties, times, items of every message, the network's record taken as the measure."""
    for correlation_id, at_least in _correlations(scene).items():
        exchanged = scene.exchanges(at_least, correlation_id=correlation_id)
        network = scene.control.provisions(correlation_id=correlation_id)
        if not exchanged:
            raise NonconformityError("NO_ANSWER", "ネットワークに電文がない", "記録すべき電文")
        _entries_match(scene, correlation_id, network)
        _items_match(scene, correlation_id, exchanged)


@then("拒否したことが、理由の符号とともに監査ログに残る")
def _refusal_kept(scene: Scene) -> None:
    if scene.incoming:
        incoming = scene.incoming[-1]
        code = (incoming.delivery["error"] or {}).get("code")
        filters, where = {"message_id": incoming.message_id}, "拒否した電文"
    else:
        enquiry = scene.enquiries[-1]
        code = enquiry.reply.body.get("code") if isinstance(enquiry.reply.body, dict) else None
        filters, where = {"staff_id": scene.staff("監査担当").id}, "拒否した照会"
    entries = log(scene, "audit", **filters)
    if code is None:
        raise NonconformityError("NOT_REFUSED", f"{where}に拒否の符号がない", "拒否")
    if not any(e["outcome"] == "拒否" and e["code"] == code for e in entries):
        raise NonconformityError(
            "RECORD_MISMATCH", f"{len(entries)} 件の中に {code} の拒否がない", f"{where}の記録"
        )


@then("アクセス記録と監査ログに、氏名・番号・情報の値は現れない")
def _no_personal_data(scene: Scene) -> None:
    staff_id = scene.staff("監査担当").id
    logs: dict[str, list[Any]] = {"アクセス記録": [], "監査ログ": log(scene, "audit", staff_id=staff_id)}
    for correlation_id in _correlations(scene):
        logs["アクセス記録"] += log(scene, "access", correlation_id=correlation_id)
        logs["監査ログ"] += log(scene, "audit", correlation_id=correlation_id)
    if not logs["アクセス記録"]:
        raise NonconformityError("RECORD_MISMATCH", "アクセス記録がない", "調べるべきアクセス記録")
    for name, entries in logs.items():
        if found := personal_data_in(entries, scene.household):
            raise NonconformityError("LEAK", f"{name}に{told(found)}がある", "個人の情報は業務ログだけに残す")


@then(parsers.parse("アクセス記録と監査ログに、「{words}」は現れない"))
def _words_stay_out(scene: Scene, words: str) -> None:
    """What staff say about a refusal may tell the very thing that must not be known (guide §2)."""
    correlation_id = scene.incoming[-1].correlation_id
    for name in ("access", "audit"):
        entries = log(scene, name, correlation_id=correlation_id)
        if not entries:
            raise NonconformityError("RECORD_MISMATCH", f"{name} に記録がない", "調べるべき記録")
        if words in json.dumps(entries, ensure_ascii=False):
            raise NonconformityError("LEAK", f"{name} に職員の言葉がある", "理由は業務ログだけに残す")


@then(parsers.parse("{which}は、業務システムにも窓口の職員にも見せず、監査担当に見せる"))
def _auditors_only(scene: Scene, which: str) -> None:
    """The logs tell who asked about whom: a DV victim's pursuer may work at the next desk (§2-4)."""
    refusal, name = refusals()["UNAUTHENTICATED"], LOGS[which]
    assert refusal.status is not None
    for caller in ("business", "staff"):
        reply = scene.south.log(name, caller, correlation_id=scene.incoming[-1].correlation_id)
        reply.expect_refusal(refusal.status, refusal.code, refusal.phase)
    log(scene, name, correlation_id=scene.incoming[-1].correlation_id)


def _entries_match(scene: Scene, correlation_id: str, network: list[dict[str, Any]]) -> None:
    """Every message of the network's record stands once in the gateway's, and no other does."""
    expected = {_facts(p) for p in network if p["code"] is None}
    found: list[tuple[Any, ...]] = []

    def complete() -> bool:
        found[:] = [
            _facts(e) for e in log(scene, "access", correlation_id=correlation_id) if e["event"] != "拒否"
        ]
        return expected <= set(found)

    scene.until(complete, "RECORD_MISMATCH", lambda: _difference(expected, found), "三つの記録の一致")
    if len(found) != len(expected):
        raise NonconformityError("RECORD_MISMATCH", _difference(expected, found), "電文一つに記録一つ")


def _items_match(scene: Scene, correlation_id: str, exchanged: list[dict[str, Any]]) -> None:
    taken = {e["header"]["message_id"]: e for e in exchanged if e["header"] and e["status"] == 202}
    for entry in log(scene, "access", correlation_id=correlation_id):
        sent = taken.get(entry["message_id"])
        if sent is None:
            continue
        items = sorted((sent["content"] or {}).get("items") or [])
        if sorted(entry["items"]) != items:
            raise NonconformityError(
                "RECORD_MISMATCH", f"記録の項目 {told(entry['items'])}", f"送受信した項目 {told(items)}"
            )
        off = abs((parse_timestamp(entry["recorded_at"]) - parse_timestamp(sent["at"])).total_seconds())
        if off > scene.south.limits.clock_seconds + scene.south.limits.answer_seconds:
            raise NonconformityError("RECORD_MISMATCH", f"記録の時刻が {off:.0f} 秒違う", "送受信の時刻")


def _correlations(scene: Scene) -> dict[str, int]:
    """Of every enquiry, either way, how many messages the network must have recorded: a gateway may hand a result over
    before its own 202 has reached the network."""
    known = {i.correlation_id: ASKED_AND_ANSWERED for i in scene.incoming if answers(scene, i)}
    for enquiry in (e for e in scene.enquiries if e.reply.status == 202):
        answered = (enquiry.person.ref, enquiry.information) in scene.received
        known[enquiry.accepted()["correlation_id"]] = ASKED_AND_ANSWERED if answered else 1
    return dict(sorted(known.items()))


def _facts(entry: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(tuple(sorted(v.items())) if isinstance(v := entry[f], dict) else v for f in _FIELDS)


def _difference(expected: set[tuple[Any, ...]], found: list[tuple[Any, ...]]) -> str:
    missing = "、".join(sorted({f[0] for f in expected - set(found)})) or "なし"
    more = "、".join(sorted({str(f[0]) for f in set(found) - expected})) or "なし"
    return f"アクセス記録 {len(found)} 件、ネットワークの記録 {len(expected)} 件（足りない: {missing}、余分又は内容違い: {more}）"
