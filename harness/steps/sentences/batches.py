"""バッチ: rows in order, each with its own outcome, failed rows sent again (§4-3 連携確認機能)."""

from typing import Any

from pytest_bdd import parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.contract.messages import Kind
from harness.contract.organisations import Organisation
from harness.contract.processing_status import batch_row_status
from harness.contract.texts import told
from harness.gateways.south import Staff
from harness.residents.data_items import TAX
from harness.residents.people import Person
from harness.steps.verbs.placing import register
from harness.steps.verbs.purposes import PURPOSES
from harness.steps.verbs.refusing import must_refuse
from harness.steps.verbs.requesting_side import fetch_result, usual_staff, wish
from harness.steps.verbs.scene import Scene
from harness.steps.verbs.unknowns import unknown_local_id
from harness.steps.verbs.usual import STAFF
from harness.use_cases.purposes import Purpose

NOBODY = "登録のない人"


@when(parsers.parse("{people}のバッチを、業務システムが本市に求める"))
def _submit(scene: Scene, people: str) -> None:
    _begin(scene, _rows(scene, people), usual_staff(scene, scene.staff(STAFF)))
    scene.noted["batch people"] = people.split("、")


@when(parsers.re(r"(?P<role>\w+)の職員が、(?P<purpose>[^、]+)のため、次のとおりバッチで照会する"))
def _submit_for(scene: Scene, role: str, purpose: str, datatable: list[list[str]]) -> None:
    rows = [
        _row(scene, scene.person(who), information, scene.organisation(where), PURPOSES[purpose])
        for who, information, where in datatable[1:]
    ]
    _begin(scene, rows, scene.staff(role))
    scene.noted["batch people"] = [who for who, _, _ in datatable[1:]]
    scene.noted["batch rows"] = datatable[1:]


@when("業務システムが、応答済の行の結果を受け取る")
def _fetch(scene: Scene) -> None:
    for (who, information, where), row in zip(scene.noted["batch rows"], _finished(scene), strict=True):
        if row["status"] == "応答済":
            to = scene.organisation(where)
            fetch_result(scene, row["enquiry_id"], scene.person(who), information, to)


@then(parsers.parse("{people}のバッチは「{reason}」として拒否される"))
def _refused(scene: Scene, people: str, reason: str) -> None:
    must_refuse(
        scene.south.submit_batch(_rows(scene, people), usual_staff(scene, scene.staff(STAFF))), reason
    )


@then(parsers.parse("バッチの行は順に、{states}となる"))
def _states(scene: Scene, states: str) -> None:
    found = _finished(scene)
    if [row["status"] for row in found] != states.split("、"):
        observed = "、".join(f"{row['status']}{(row['error'] or {}).get('code') or ''}" for row in found)
        raise NonconformityError("STATUS_NOT_REACHED", f"行の処理状況は {told(observed)}", states)


@then("バッチの照会依頼は、要求の順にネットワークに届く")
def _in_order(scene: Scene) -> None:
    wanted = [row["correlation_id"] for row in _finished(scene)]
    people = dict.fromkeys(scene.person(word).ref for word in scene.noted["batch people"])
    sent = [e for person in people for e in scene.exchanges(person=person, kind=Kind.ENQUIRY)]
    arrived = [e["header"]["correlation_id"] for e in sorted(sent, key=lambda e: int(e["seq"]))]
    if arrived != wanted:
        order = "、".join(str(wanted.index(id_) + 1) if id_ in wanted else "?" for id_ in arrived)
        raise NonconformityError("HEADER_DIFFERS", f"届いた順は {told(order)} 行目", "1 行目から順に届く")


@then("バッチの照会依頼には、バッチと示されている")
def _marked(scene: Scene) -> None:
    for row in _finished(scene):
        sent = scene.exchanges(correlation_id=row["correlation_id"], kind=Kind.ENQUIRY)
        modes = {e["header"]["mode"] for e in sent}
        if modes != {"バッチ"}:
            raise NonconformityError("HEADER_DIFFERS", f"mode は {'、'.join(modes) or 'ない'}", "バッチ")


@when("失敗した行の送り直しを、業務システムが本市に求める")
def _resend(scene: Scene) -> None:
    scene.noted["before"] = _finished(scene)
    reply = scene.south.resend(scene.noted["batch"]["batch_id"], scene.noted["batch staff"])
    scene.noted["batch"] = reply.expect(202, "batch-status")


@then("失敗した行だけが、新しい照会として送られる")
def _only_failed(scene: Scene) -> None:
    before, after = scene.noted["before"], _finished(scene)
    for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
        failed, same = old["status"] == "エラー", old["enquiry_id"] == new["enquiry_id"]
        if failed == same or new["status"] != "応答済":
            observed = f"{number} 行目は{'前と同じ' if same else '新しい'}照会で{new['status']}"
            raise NonconformityError("STATUS_NOT_REACHED", observed, "失敗した行だけを送り直し、応答済となる")
    claimant = scene.household.claimant.ref
    if len(scene.exchanges(person=claimant, kind=Kind.ENQUIRY)) != 1:
        raise NonconformityError("FORWARDED", "応答済の行も送り直された", "失敗した行だけを送り直す")


def _begin(scene: Scene, rows: list[dict[str, object]], staff: Staff) -> None:
    scene.noted["batch"] = scene.south.submit_batch(rows, staff).expect(202, "batch-status")
    scene.noted["batch staff"] = staff


def _rows(scene: Scene, people: str) -> list[dict[str, object]]:
    rows = []
    for word in people.split("、"):
        person = scene.household.claimant if word == NOBODY else scene.person(word)
        row = _row(scene, person, TAX, scene.organisation("前住所地"))
        rows.append(row | ({"local_id": unknown_local_id(scene)} if word == NOBODY else {}))
    return rows


def _row(
    scene: Scene, person: Person, information: str, to: Organisation, purpose: Purpose | None = None
) -> dict[str, object]:
    register(scene, person)
    row = wish(scene, person, information, to, purpose)
    row.pop("mode")
    return row


def _finished(scene: Scene) -> list[dict[str, Any]]:
    """The rows when each has its outcome. Raises NonconformityError when one takes too long."""
    quiet, batch_id = scene.polling(), scene.noted["batch"]["batch_id"]
    rows: list[dict[str, Any]] = []

    def finished() -> bool:
        rows[:] = quiet.batch(batch_id).expect(200, "batch-status")["rows"]
        return all(row["status"] not in batch_row_status().open for row in rows)

    def states() -> str:
        return "行の処理状況は " + "、".join(row["status"] for row in rows)

    # Each row has its own time to be sent, after the one before it was taken.
    allowed = (len(scene.noted["batch"]["rows"]) - 1) * scene.south.limits.answer_seconds
    scene.until(finished, "STATUS_NOT_REACHED", states, "すべての行に結果がある", allowed)
    if len(rows) != len(scene.noted["batch people"]):
        observed = f"{len(rows)} 行"
        raise NonconformityError("STATUS_NOT_REACHED", observed, f"{len(scene.noted['batch people'])} 行")
    scene.correlation_ids |= {row["correlation_id"] for row in rows if row["correlation_id"]}
    return rows
