"""処理状況 through all its states, and messages as they were asked for."""

from typing import Any

from pytest_bdd import parsers, then

from harness.catalogue.findings import NonconformityError
from harness.contract.messages import parse_timestamp
from harness.contract.texts import told
from harness.residents.data_items import TAX
from harness.steps.verbs.notes import LATENESS, LIFE
from harness.steps.verbs.refusing import must_refuse
from harness.steps.verbs.requesting_side import AFFAIR, await_status, basis, enquire, fetch, usual, wish
from harness.steps.verbs.responding_side import answer_at_hand
from harness.steps.verbs.scene import Enquiry, Scene
from harness.steps.verbs.usual import STAFF

_TOLERANCE_SECONDS = 5


@then("照会の処理状況は送信済となる")
def _sent(scene: Scene) -> None:
    enquiry_id = scene.enquiries[-1].accepted()["enquiry_id"]
    status: dict[str, Any] = {}

    def sent() -> bool:
        status.update(scene.south.enquiry(enquiry_id).expect(200, "enquiry-status"))
        return bool(status["status"] == "送信済")

    scene.until(sent, "STATUS_NOT_REACHED", lambda: f"処理状況は{status['status']}のまま", "送信済となる")
    _sent_message(scene, scene.enquiries[-1])


@then("照会は期限切れとなる")
def _expired(scene: Scene) -> None:
    """By its own clock, which counts from its own sending: how far that is off does not matter here."""
    await_status(scene, scene.enquiries[-1], "期限切れ", scene.noted[LIFE])
    _sent_message(scene, scene.enquiries[-1])


@then("遅れて照会応答が届いても、照会は期限切れのままである")
def _stays_expired(scene: Scene) -> None:
    enquiry = scene.enquiries[-1]
    late: list[dict[str, Any]] = []

    def arrived() -> bool:
        late[:] = scene.exchanges(person=enquiry.person.ref, direction="to_gateway")
        return bool(late)

    expected = "遅れた照会応答が本市に届く"
    scene.until(arrived, "NO_ANSWER", lambda: "照会応答が届かない", expected, scene.noted[LATENESS])
    _work_through(scene, enquiry)
    await_status(scene, enquiry, "期限切れ")
    must_refuse(scene.south.result(enquiry.accepted()["enquiry_id"]), "まだ回答がない")


@then("二つ目の照会応答が届いても、結果は変わらない")
def _first_stands(scene: Scene) -> None:
    enquiry = scene.enquiries[-1]
    both = scene.exchanges(at_least=2, person=enquiry.person.ref, direction="to_gateway")
    if len(both) < 2:
        raise NonconformityError("NO_ANSWER", f"照会応答は {len(both)} 件", "二つの照会応答が届く")
    _work_through(scene, enquiry)
    await_status(scene, enquiry, "応答済")
    if fetch(scene, enquiry) != both[0]["content"]["items"]:
        raise NonconformityError("VALUE_CHANGED", "二つ目の照会応答の値になった", "最初の照会応答の値")


@then("照会依頼の電文は、求められたとおりである")
def _as_asked(scene: Scene) -> None:
    enquiry = scene.enquiries[-1]
    asked = wish(scene, enquiry.person, TAX, enquiry.to)
    header, content = _sent_message(scene, enquiry)
    wanted = {name: asked[name] for name in ("to", "basis", "affair", "information", "mode")}
    wanted |= {"kind": "照会依頼", "from": scene.own.code, "role": usual(scene).role}
    wanted |= {"correlation_id": header["message_id"]}
    _must_equal({name: header[name] for name in wanted}, wanted)
    _must_equal(content, {"key": asked["key"]})


@then(parsers.parse("照会依頼の有効期限は、{seconds:d} 秒後である"))
def _lives_for(scene: Scene, seconds: int) -> None:
    header, _ = _sent_message(scene, scene.enquiries[-1])
    life = (parse_timestamp(header["expires_at"]) - parse_timestamp(header["sent_at"])).total_seconds()
    if abs(life - seconds) > _TOLERANCE_SECONDS:
        raise NonconformityError("HEADER_DIFFERS", f"有効期限は {life:.0f} 秒後", f"{seconds} 秒後")


@then("照会応答の電文は、照会依頼に対応している")
def _corresponds(scene: Scene) -> None:
    incoming = scene.incoming[-1]
    header = answer_at_hand(scene, incoming)["header"]
    asked = scene.exchanges(message_id=incoming.message_id, direction="to_gateway")[0]["header"]
    same = ("correlation_id", "information", "role", "mode", "version")
    wanted = {name: asked[name] for name in same} | {"from": asked["to"], "to": asked["from"]}
    wanted |= {"basis": basis(scene), "affair": AFFAIR}
    _must_equal({name: header[name] for name in wanted}, wanted)
    if parse_timestamp(header["expires_at"]) != parse_timestamp(asked["expires_at"]):
        expected = f"照会依頼と同じ {asked['expires_at']}"
        raise NonconformityError("HEADER_DIFFERS", f"有効期限が {header['expires_at']}", expected)


def _work_through(scene: Scene, enquiry: Enquiry) -> None:
    """One more enquiry and its answer: what arrived before it has been worked on by then."""
    scene.control.set_behaviour(enquiry.to.code, enquiry.person.ref, TAX, "answers")
    later = enquire(scene, scene.staff(STAFF), enquiry.person, TAX, enquiry.to)
    await_status(scene, later, "応答済")


def _sent_message(scene: Scene, enquiry: Enquiry) -> tuple[dict[str, Any], dict[str, Any]]:
    correlation_id = enquiry.accepted()["correlation_id"]
    sent = scene.exchanges(at_least=1, correlation_id=correlation_id, direction="from_gateway")
    if not sent:
        raise NonconformityError("NO_ANSWER", "照会依頼がネットワークに届かない", "照会依頼が送られる")
    if sent[0]["status"] != 202:
        refused = f"{sent[0]['status']} {sent[0]['error'] or sent[0]['problem']}"
        raise NonconformityError("BAD_MESSAGE", refused, "ネットワークが受け付ける照会依頼")
    return sent[0]["header"], sent[0]["content"] or {}


def _must_equal(observed: dict[str, Any], wanted: dict[str, Any]) -> None:
    wrong = {name: observed.get(name) for name, value in wanted.items() if observed.get(name) != value}
    if wrong or observed.keys() != wanted.keys():
        expected = {name: wanted[name] for name in wrong} or wanted
        raise NonconformityError("HEADER_DIFFERS", f"電文が {told(wrong or observed)}", told(expected))
