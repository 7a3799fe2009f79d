"""ログ管理: order, filters, period, seals, and who did what (番号法23条, guide §7)."""

from itertools import pairwise
from typing import Any

from pytest_bdd import parsers, then

from harness.catalogue.findings import NonconformityError
from harness.contract.log_seal import seal
from harness.contract.messages import parse_timestamp
from harness.contract.texts import told
from harness.steps.verbs.logs import LOGS, log
from harness.steps.verbs.scene import Scene
from harness.steps.verbs.usual import STAFF

_NOBODY = "00000000-0000-4000-8000-000000000000"


@then("拒否したことが、理由の符号とともにアクセス記録に残る")
def _refusal_recorded(scene: Scene) -> None:
    incoming = scene.incoming[-1]
    code = (incoming.delivery["error"] or {}).get("code")
    _must_be_refused(scene, incoming.message_id, code)


@then("照会応答を拒否したことが、理由の符号とともにアクセス記録に残る")
def _refused_answer_recorded(scene: Scene) -> None:
    person = scene.enquiries[-1].person.ref
    arrived = scene.exchanges(at_least=1, person=person, direction="to_gateway")
    if not arrived:
        raise NonconformityError("NO_ANSWER", "照会応答がない", "拒否される照会応答が届く")
    refused = arrived[0]
    _must_be_refused(scene, refused["header"]["message_id"], (refused["error"] or {}).get("code"))


@then("アクセス記録には、受信、送信の順に記録がある")
def _in_order(scene: Scene) -> None:
    found: list[dict[str, Any]] = []

    def complete() -> bool:
        found[:] = log(scene, "access", correlation_id=scene.incoming[-1].correlation_id)
        return len(found) >= 2

    scene.until(complete, "RECORD_MISMATCH", lambda: f"記録は {len(found)} 件", "受信と送信の記録")
    events = [entry["event"] for entry in found]
    moments = [parse_timestamp(entry["recorded_at"]) for entry in found]
    if events != ["受信", "送信"] or moments != sorted(moments):
        raise NonconformityError("RECORD_MISMATCH", f"記録の順は {'、'.join(events)}", "受信、送信の順")


@then(parsers.parse("監査担当は、{who}についての照会の記録を、照会者、情報、日時とともに開示できる"))
def _disclosable(scene: Scene, who: str) -> None:
    """What 番号法23条1項 has recorded, of whoever asks for the record about themselves (31条): whom it is about stands in the business
    log alone. 送信 and what was done for it may be written after the network has the answer."""
    incoming, local_id = scene.incoming[-1], scene.person(who).local_id
    of_this = {"correlation_id": incoming.correlation_id}
    expected = [(event, incoming.sender.code, incoming.information) for event in ("受信", "送信")]
    found: dict[str, Any] = {}

    def written() -> bool:
        people = {entry["local_id"] for entry in log(scene, "business", **of_this)} - {None}
        facts = [(e["event"], e["requester"], e["information"]) for e in log(scene, "access", **of_this)]
        found.update(people=people, facts=facts)
        return (people, facts) == ({local_id}, expected)

    def observed() -> str:
        whose = "この人" if found["people"] == {local_id} else "この人のものと分からない照会"
        return f"{whose}の記録は {told(found['facts'])}"

    scene.until(written, "RECORD_MISMATCH", observed, told(expected))


@then("アクセス記録の絞り込みは、すべての条件を満たす記録だけを示す")
def _filters(scene: Scene) -> None:
    first, second = scene.incoming[-2:]
    one = {"correlation_id": first.correlation_id, "message_id": first.message_id}
    mixed = {"correlation_id": first.correlation_id, "message_id": second.message_id}
    counts = [len(log(scene, "access", **f)) for f in (one, mixed, {"message_id": _NOBODY})]
    if counts != [1, 0, 0]:
        raise NonconformityError("RECORD_MISMATCH", f"示された件数 {told(counts)}", "1 件、0 件、0 件")


@then(parsers.parse("{name}は、期間の始まりからの記録を示し、期間の終わりからの記録を示さない"))
def _period(scene: Scene, name: str) -> None:
    incoming = {"message_id": scene.incoming[-1].message_id}
    entries = log(scene, LOGS[name], **incoming)
    if not entries:
        raise NonconformityError("RECORD_MISMATCH", f"{name}に記録がない", "調べるべき記録")
    moment = entries[0]["recorded_at"]
    counts = [len(log(scene, LOGS[name], **incoming, **{b: moment})) for b in ("since", "until")]
    if counts != [len(entries), 0]:
        observed = f"その日時から {counts[0]} 件、その日時まで {counts[1]} 件"
        raise NonconformityError("RECORD_MISMATCH", observed, f"{len(entries)} 件、0 件")


@then(parsers.parse("{name}は、通し番号に欠番がなく、封印が前の記録から連なっている"))
def _sealed(scene: Scene, name: str) -> None:
    """From the first entry of this scenario on; other scenarios' entries may lie between."""
    first = log(scene, LOGS[name], message_id=scene.incoming[0].message_id)
    if not first:
        raise NonconformityError("RECORD_MISMATCH", f"{name}に記録がない", "調べるべき記録")
    chain = log(scene, LOGS[name], since=first[0]["recorded_at"])
    if len(chain) < 2:
        raise NonconformityError("RECORD_MISMATCH", f"{name}に {len(chain)} 件", "2 件以上の記録")
    for before, entry in pairwise(chain):
        if entry["seq"] != before["seq"] + 1:
            raise NonconformityError(
                "RECORD_MISMATCH", f"{before['seq']} の次が {entry['seq']}", "欠番がない"
            )
        if entry["seal"] != seal(before["seal"], entry):
            observed = f"通し番号 {entry['seq']} の封印が合わない"
            raise NonconformityError("RECORD_MISMATCH", observed, "前の記録とその記録による封印")


@then(parsers.re("(?P<decision>承認|拒否)した職員が監査ログに残る"))
def _decision_kept(scene: Scene, decision: str) -> None:
    wanted = ("成功", None) if decision == "承認" else ("拒否", "REFUSED_BY_STAFF")
    correlation_id, staff_id = scene.incoming[-1].correlation_id, scene.staff(STAFF).id
    entries = log(scene, "audit", correlation_id=correlation_id, staff_id=staff_id)
    if wanted not in [(e["outcome"], e["code"]) for e in entries]:
        raise NonconformityError(
            "RECORD_MISMATCH", f"{len(entries)} 件の中にない", f"{staff_id} の{decision}"
        )


@then("照会した職員が監査ログに残る")
def _enquirer_kept(scene: Scene) -> None:
    correlation_id = scene.enquiries[-1].accepted()["correlation_id"]
    entries = log(scene, "audit", correlation_id=correlation_id, staff_id=scene.staff(STAFF).id)
    if not any(e["outcome"] == "成功" for e in entries):
        raise NonconformityError("RECORD_MISMATCH", f"{len(entries)} 件の中にない", "照会した職員の記録")


@then("エラーで答えたことが、理由の符号とともにアクセス記録に残る")
def _error_recorded(scene: Scene) -> None:
    found: list[dict[str, Any]] = []

    def written() -> bool:
        found[:] = log(scene, "access", correlation_id=scene.incoming[-1].correlation_id)
        return any(e["event"] == "送信" for e in found)

    scene.until(written, "RECORD_MISMATCH", lambda: "送信の記録がない", "エラーを送った記録")
    sent = [(e["kind"], e["code"]) for e in found if e["event"] == "送信"]
    if sent != [("エラー", "RECORD_NOT_FOUND")]:
        raise NonconformityError("RECORD_MISMATCH", f"送信の記録 {told(sent)}", "エラーと RECORD_NOT_FOUND")


def _must_be_refused(scene: Scene, message_id: str, code: str | None) -> None:
    entries = log(scene, "access", message_id=message_id)
    if code is None or ("拒否", code) not in [(e["event"], e["code"]) for e in entries]:
        raise NonconformityError(
            "RECORD_MISMATCH", f"{len(entries)} 件の中に {code} の拒否がない", "拒否の記録"
        )
