"""暗号・署名: what the gateway signs and encrypts, and answers that it must not believe."""

from typing import Any

from pytest_bdd import given, parsers, then

from harness.catalogue.findings import NonconformityError
from harness.contract.json_binding import unwrap
from harness.contract.refusals import RefusedError
from harness.residents.data_items import TAX
from harness.steps.verbs.alterations import ALTERATIONS
from harness.steps.verbs.refusing import refusal_of
from harness.steps.verbs.requesting_side import complete, enquire
from harness.steps.verbs.responding_side import the_answer
from harness.steps.verbs.scene import Scene
from harness.steps.verbs.usual import STAFF


@given(parsers.parse("{where}は、申請者の地方税関係情報の照会に、{alteration}照会応答を返す"))
def _altered_answer(scene: Scene, where: str, alteration: str) -> None:
    person, holder = scene.household.claimant, scene.organisation(where)
    scene.control.add_person(person.ref)
    scene.control.set_behaviour(holder.code, person.ref, TAX, "answers", alteration=ALTERATIONS[alteration])


@then(parsers.parse("応答には本市の署名があり、{where}だけが復号できる"))
def _signed_and_encrypted(scene: Scene, where: str) -> None:
    """The network's record holds the content only where the requester's key opened the body and the inner
    signature was the gateway's; the outer signature is verified here once more, with the declared key."""
    answer = the_answer(scene, scene.incoming[-1])
    _must_be_signed(scene, answer)
    if answer["header"]["to"] != scene.organisation(where).code:
        raise NonconformityError("HEADER_DIFFERS", "宛先が照会者ではない", f"{where}に宛てた応答")


@then(parsers.parse("照会依頼には本市の署名があり、{where}だけが復号できる"))
def _enquiry_signed_and_encrypted(scene: Scene, where: str) -> None:
    """As of an answer: the partner's key opened the body, and the gateway's own signed what is in it."""
    enquiry, partner = scene.enquiries[-1], scene.organisation(where)
    correlation_id = enquiry.accepted()["correlation_id"]
    sent = scene.exchanges(at_least=1, correlation_id=correlation_id, **{"from": scene.own.code})
    expected = f"{partner.name}に宛てて署名し、暗号化した照会依頼"
    if not sent:
        raise NonconformityError("NO_ANSWER", "照会依頼がネットワークに届かない", expected)
    if sent[0]["content"] is None:
        raise NonconformityError("BAD_MESSAGE", f"{partner.name}が開けない（{sent[0]['problem']}）", expected)
    _must_be_signed(scene, sent[0])


@then(parsers.parse("本市は{where}からの照会応答を「{reason}」として受け付けない"))
def _answer_refused(scene: Scene, where: str, reason: str) -> None:
    """Looked for by its subject: an alteration may have changed sender and correlation id."""
    refusal, enquiry = refusal_of(reason), scene.enquiries[-1]
    enquiry.accepted()
    expected = f"{where}からの照会応答の受信に {refusal.status} {refusal.code}（{refusal.phase}）"
    delivered = scene.exchanges(at_least=1, person=enquiry.person.ref, direction="to_gateway")
    if not delivered:
        raise NonconformityError("NO_ANSWER", "照会依頼がネットワークに届かない", expected)
    answer = delivered[0]
    error = answer["error"] or {}
    observed = f"{answer['status']} {error or answer['problem']}"
    if answer["status"] is not None and answer["status"] < 400:
        raise NonconformityError("NOT_REFUSED", observed, expected)
    if (answer["status"], error.get("code"), error.get("phase")) != (
        refusal.status,
        refusal.code,
        refusal.phase,
    ):
        raise NonconformityError("WRONG_REFUSAL", observed, expected)


@then("改変されていない照会応答であれば、照会は応答済となる")
def _proper_answer(scene: Scene) -> None:
    refused = scene.enquiries[-1]
    status = scene.south.enquiry(refused.accepted()["enquiry_id"]).expect(200, "enquiry-status")
    if status["status"] == "応答済":
        raise NonconformityError("NOT_REFUSED", "改変された応答で照会が応答済となった", "応答済とならない")
    scene.control.set_behaviour(refused.to.code, refused.person.ref, TAX, "answers")
    proper = enquire(scene, scene.staff(STAFF), refused.person, TAX, refused.to)
    try:
        complete(scene, proper)
    except NonconformityError as error:
        raise NonconformityError("PAIRED_POSITIVE_FAILED", error.observed, error.expected) from error


def _must_be_signed(scene: Scene, exchange: dict[str, Any]) -> None:
    def problem() -> str | None:
        try:
            unwrap(exchange["token"], scene.south.statement.keys.signature)
        except RefusedError as error:
            return str(error)
        return None

    if found := scene.see(problem):
        raise NonconformityError("BAD_MESSAGE", found, "宣言した署名鍵で検証できる署名")
