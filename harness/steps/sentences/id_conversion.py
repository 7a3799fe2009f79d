"""ID変換: link codes go out, the organisation's own numbers stay in."""

from pytest_bdd import parsers, then

from harness.catalogue.findings import NonconformityError
from harness.contract.messages import Kind
from harness.steps.verbs.canaries import numbers_in
from harness.steps.verbs.notes import NOTICE
from harness.steps.verbs.requesting_side import sent_by_gateway
from harness.steps.verbs.responding_side import answers, must_accept
from harness.steps.verbs.scene import Scene


@then(parsers.parse("応答には本市の{who}のリンクコードが付いている"))
def _own_link_code(scene: Scene, who: str) -> None:
    """A code that the network cannot translate never becomes an answer: the network's refusal convicts as well."""
    must_accept(scene.incoming[-1])
    sent = answers(scene, scene.incoming[-1], at_least=1)
    if not sent:
        raise NonconformityError("NO_ANSWER", "何も送られない", f"{who}についての応答")
    _same_code(scene, sent[0]["header"], scene.person(who).ref)


@then(parsers.parse("照会依頼には本市の{who}のリンクコードが付いている"))
def _enquiry_link_code(scene: Scene, who: str) -> None:
    correlation_id = scene.enquiries[-1].accepted()["correlation_id"]
    sent = scene.exchanges(at_least=1, correlation_id=correlation_id, **{"from": scene.own.code})
    if not sent:
        raise NonconformityError("NO_ANSWER", "照会依頼がネットワークに届かない", "照会依頼が送られる")
    _same_code(scene, sent[0]["header"], scene.person(who).ref)


@then(parsers.parse("連絡には本市の{who}のリンクコードが付いている"))
def _notice_link_code(scene: Scene, who: str) -> None:
    correlation_id = scene.noted[NOTICE].expect(202, "notice-status")["correlation_id"]
    sent = scene.exchanges(at_least=1, correlation_id=correlation_id, kind=Kind.NOTICE)
    if not sent:
        raise NonconformityError("NO_ANSWER", "連絡がネットワークに届かない", "連絡が送られる")
    _same_code(scene, sent[0]["header"], scene.person(who).ref)


@then("識別番号と個人番号は、ネットワークに送られたどこにも現れない")
def _no_numbers(scene: Scene) -> None:
    sent = [e for p in scene.household.people() for e in scene.exchanges(person=p.ref)]
    sent += [e for i in scene.incoming for e in answers(scene, i)]
    sent += [e for p in scene.household.people() for e in sent_by_gateway(scene, p)]
    ours = [e for e in sent if e["direction"] == "from_gateway"]
    if not ours:
        raise NonconformityError("NO_ANSWER", "本市からの電文がない", "本市からの電文を調べられる")
    places: dict[str, object] = {
        "ヘッダー": [e["header"] for e in ours],
        "本文": [e["content"] for e in ours],
    }
    places["受信箱の応答"] = [i.delivery["text"] for i in scene.incoming]
    for place, value in places.items():
        if found := numbers_in(value, scene.household):
            raise NonconformityError(
                "LEAK", f"{place}に{found}がある", "識別番号・個人番号は団体の外に出ない"
            )


def _same_code(scene: Scene, header: dict[str, object], person_ref: str) -> None:
    own_code = scene.control.add_person(person_ref)["link_codes"][scene.own.code]
    if header["link_code"] != own_code:
        raise NonconformityError(
            "HEADER_DIFFERS", "リンクコードが本人の自団体のものと違う", "本人の自団体のリンクコード"
        )
