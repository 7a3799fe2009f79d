"""連絡: sent, received, acknowledged, delivered once (§3-4 連携形態)."""

from typing import Any

from pytest_bdd import given, parsers, then, when

from harness.catalogue.findings import NonconformityError
from harness.contract.messages import Kind
from harness.gateways.exchange import Reply
from harness.residents.data_items import RESIDENT, resident_items
from harness.steps.verbs.alterations import ALTERATIONS
from harness.steps.verbs.fences import fence
from harness.steps.verbs.notes import NOTICE
from harness.steps.verbs.notifying import REDELIVER_SECONDS, Notice, handed_over, send_notice
from harness.steps.verbs.refusing import as_paired_positive, must_refuse
from harness.steps.verbs.requesting_side import AFFAIR
from harness.steps.verbs.responding_side import answers, must_accept, tell
from harness.steps.verbs.scene import Incoming, Scene


@given(parsers.parse("{where}は、申請者の{information}の最初の連絡に受領を返さない"))
def _silent_once(scene: Scene, where: str, information: str) -> None:
    person = scene.household.claimant
    scene.control.add_person(person.ref)
    scene.control.set_behaviour(scene.organisation(where).code, person.ref, information, "silent-once")


@when(parsers.parse("{role}の職員が、申請者の住民票関係情報を{where}に連絡する"))
def _notify(scene: Scene, role: str, where: str) -> None:
    scene.noted[NOTICE] = _submit(scene, role, where)


@then(parsers.parse("連絡は「{reason}」として拒否される"))
def _refused(scene: Scene, reason: str) -> None:
    must_refuse(scene.noted[NOTICE], reason)


@then(parsers.parse("連絡は、登録されたとおりに{where}に届く"))
def _arrives(scene: Scene, where: str) -> None:
    status = _accepted(scene)
    sent = scene.exchanges(at_least=1, correlation_id=status["correlation_id"], kind=Kind.NOTICE)
    expected = f"{where}への連絡が、登録されたとおりに届く"
    if not sent or sent[0]["status"] != 202:
        raise NonconformityError("NO_ANSWER", "連絡がネットワークに届かない", expected)
    header, items = sent[0]["header"], (sent[0]["content"] or {}).get("items")
    facts = (header["to"], header["information"], header["affair"], items)
    if facts != (scene.organisation(where).code, RESIDENT, AFFAIR, _items(scene)):
        raise NonconformityError("HEADER_DIFFERS", f"届いた連絡は {facts}"[:400], expected)


@then("連絡は受領済となる")
def _acknowledged(scene: Scene) -> None:
    _await_receipt(scene)


@then("連絡は一度だけ送り直され、受領済となる")
def _redelivered_once(scene: Scene) -> None:
    status = _await_receipt(scene, REDELIVER_SECONDS + scene.south.limits.answer_seconds)
    sent = scene.exchanges(correlation_id=status["correlation_id"], kind=Kind.NOTICE)
    ids = {e["header"]["message_id"] for e in sent}
    if (len(sent), len(ids)) != (2, 2):
        observed = f"{len(sent)} 回、{len(ids)} 通りの電文番号で送られた"
        raise NonconformityError("DUPLICATE_ANSWER", observed, "新しい電文番号で一度だけ送り直す")


@then(parsers.parse("{role}の職員による連絡は届き、拒否された連絡は送られていない"))
def _paired(scene: Scene, role: str) -> None:
    proper = _submit(scene, role, "福岡市").expect(202, "notice-status")
    person = scene.household.claimant.ref
    sent = scene.exchanges(at_least=1, person=person, kind=Kind.NOTICE)
    ids = {e["header"]["correlation_id"] for e in sent}
    if proper["correlation_id"] not in ids:
        raise NonconformityError("PAIRED_POSITIVE_FAILED", "正しい連絡が届かない", "正しい連絡は届く")
    if len(ids) > 1:
        raise NonconformityError("FORWARDED", "拒否した連絡が送られた", "拒否した連絡は送られない")


@when(parsers.parse('{who}についての連絡が、"{where}" から本市に届く'))
def _tell(scene: Scene, who: str, where: str) -> None:
    tell(scene, scene.organisation(where), scene.person(who), RESIDENT, _items(scene))


@when(parsers.parse('本文に第三者が署名した連絡が、"{where}" から本市に届く'))
def _tell_altered(scene: Scene, where: str) -> None:
    sender, person = scene.organisation(where), scene.household.claimant
    alteration = ALTERATIONS["本文に第三者が署名した"]
    tell(scene, sender, person, RESIDENT, _items(scene), alteration=alteration)


@when(parsers.parse('その連絡が、"{where}" から本市に送り直される'))
def _tell_again(scene: Scene, where: str) -> None:
    again = {"correlation_id": scene.incoming[-1].correlation_id}
    tell(scene, scene.organisation(where), scene.household.claimant, RESIDENT, _items(scene), **again)


@when(parsers.parse('送った覚えのない連絡の受領が、"{where}" から本市に届く'))
def _receipt_of_nothing(scene: Scene, where: str) -> None:
    sender, person = scene.organisation(where), scene.household.claimant
    tell(scene, sender, person, RESIDENT, {}, kind=Kind.RECEIPT)


@then(parsers.parse("届いた連絡は、{who}についてのものとして業務システムに渡される"))
def _handed_over(scene: Scene, who: str) -> None:
    incoming = scene.incoming[-1]
    must_accept(incoming)
    found = handed_over(scene, incoming)
    facts = [(n["local_id"], n["from"], n["information"], n["items"]) for n in found]
    if facts != [(scene.person(who).local_id, incoming.sender.code, RESIDENT, _items(scene))]:
        raise NonconformityError("WRONG_RECORD", f"渡された連絡は {facts}"[:400], "届いた連絡が一つ")


@then(parsers.re("(?P<where>本市|本県)は受領を返す"))
def _receipt(scene: Scene, where: str) -> None:
    _must_acknowledge(scene, scene.incoming[-1], 1)


@then("本市は再び受領を返し、業務システムに渡す連絡は一つである")
def _receipt_again(scene: Scene) -> None:
    incoming = scene.incoming[-1]
    _must_acknowledge(scene, incoming, 2)
    if len(found := handed_over(scene, incoming)) != 1:
        raise NonconformityError("DUPLICATE_ANSWER", f"{len(found)} 件の連絡を渡した", "1 件")


@then("正しい連絡には受領を返す")
def _paired_notice(scene: Scene) -> None:
    refused = scene.incoming[-1]
    proper = tell(scene, refused.sender, scene.household.claimant, RESIDENT, _items(scene))
    try:
        _must_acknowledge(scene, proper, 1)
    except NonconformityError as error:
        raise as_paired_positive(error) from error
    if answers(scene, refused):
        raise NonconformityError("FORWARDED", "拒否した電文に答えた", "拒否した電文には何も送らない")


def _must_acknowledge(scene: Scene, incoming: Incoming, times: int) -> None:
    must_accept(incoming)
    sent = scene.exchanges(at_least=times, correlation_id=incoming.correlation_id, kind=Kind.RECEIPT)
    taken = [e for e in sent if e["status"] == 202 and e["header"]["to"] == incoming.sender.code]
    if len(taken) != times:
        raise NonconformityError("NO_ANSWER", f"受領は {len(taken)} 件", f"{incoming.sender.name}への受領")
    fence(scene, incoming.sender)


def _await_receipt(scene: Scene, allowed_seconds: float = 0.0) -> dict[str, Any]:
    notice_id = _accepted(scene)["notice_id"]
    status: dict[str, Any] = {}

    def received() -> bool:
        status.update(scene.south.notice(notice_id).expect(200, "notice-status"))
        return bool(status["status"] == "受領済")

    observed = "処理状況は{status}のまま"
    scene.until(
        received, "STATUS_NOT_REACHED", lambda: observed.format_map(status), "受領済となる", allowed_seconds
    )
    return status


def _accepted(scene: Scene) -> dict[str, Any]:
    reply: Reply = scene.noted[NOTICE]
    status: dict[str, Any] = reply.expect(202, "notice-status")
    return status


def _submit(scene: Scene, role: str, where: str) -> Reply:
    notice = Notice(scene.household.claimant, RESIDENT, scene.organisation(where), _items(scene))
    return send_notice(scene, role, notice)


def _items(scene: Scene) -> dict[str, Any]:
    items = resident_items(scene.household.claimant)
    return {name: items[name] for name in ("氏名", "住所")}
