"""The responding side as verbs that several step files share: a counterpart asks, the gateway answers."""

from typing import Any

from harness.catalogue.findings import NonconformityError
from harness.contract.messages import Kind, Mode
from harness.contract.organisations import Organisation
from harness.residents.people import Person
from harness.steps.verbs.refusing import refusal_of
from harness.steps.verbs.requesting_side import ALLOWANCE, basis, key_for
from harness.steps.verbs.scene import Incoming, Scene
from harness.steps.verbs.unannounced import message_before
from harness.use_cases.purposes import Purpose

_REFUSED = 400  # and above


def ask(
    scene: Scene, sender: Organisation, person: Person, information: str, key: dict[str, str], **other: Any
) -> Incoming:
    """Makes a counterpart enquire at the gateway; the steps that follow are about this enquiry."""
    enquiry = _enquiry(scene, sender, person.ref, information, key)
    message_before(scene, enquiry)
    said = scene.control.enquire({**enquiry, **other})
    incoming = _sent(scene, sender, person.ref, information, said)
    scene.incoming.append(incoming)
    return incoming


def ask_for(
    scene: Scene, sender: Organisation, person: Person, information: str, purpose: Purpose, **other: Any
) -> Incoming:
    """The same for a purpose of an office, of the year that the claim of the scenario asks for."""
    cited = citing(scene, purpose, information)
    return ask(scene, sender, person, information, key_for(scene, information), **cited, **other)


def ask_aside(
    scene: Scene, sender: Organisation, person_ref: str, information: str, key: dict[str, str], **other: Any
) -> Incoming:
    """The same without becoming the scenario's subject; `other` overrides fields of the enquiry or alters it."""
    enquiry = _enquiry(scene, sender, person_ref, information, key)
    said = scene.control.enquire({**enquiry, **other})
    return _sent(scene, sender, person_ref, information, said)


def tell(
    scene: Scene, sender: Organisation, person: Person, information: str, items: dict[str, Any], **other: Any
) -> Incoming:
    """Makes a counterpart send a 連絡; the steps that follow are about it."""
    notice = {**_asking(scene, sender, person.ref, information), "items": items, **other}
    incoming = _sent(scene, sender, person.ref, information, scene.control.notify(notice))
    scene.incoming.append(incoming)
    scene.told.add(incoming.correlation_id)
    return incoming


def citing(scene: Scene, purpose: Purpose, information: str) -> dict[str, Any]:
    """Fields of a counterpart's enquiry or 連絡 that say for what it is."""
    return {"basis": basis(scene, purpose, information), "affair": purpose.affair, "role": purpose.role}


def _enquiry(
    scene: Scene, sender: Organisation, person_ref: str, information: str, key: dict[str, str]
) -> dict[str, Any]:
    return {**_asking(scene, sender, person_ref, information), "key": key, "mode": Mode.ONLINE}


def _asking(scene: Scene, sender: Organisation, person_ref: str, information: str) -> dict[str, Any]:
    return {
        "as": sender.code,
        "person": person_ref,
        "information": information,
        **citing(scene, ALLOWANCE, information),
    }


def _sent(
    scene: Scene, sender: Organisation, person_ref: str, information: str, said: dict[str, Any]
) -> Incoming:
    incoming = Incoming(
        person_ref, sender, information, said["message_id"], said["correlation_id"], said["delivery"]
    )
    scene.correlation_ids.add(incoming.correlation_id)
    scene.waiting_seconds += said["delivery"]["seconds"] or 0.0
    return incoming


def must_accept(incoming: Incoming) -> None:
    """Raises NonconformityError unless the inbox accepted the message with 202."""
    if incoming.delivery["status"] != 202:
        raise NonconformityError("UNEXPECTED_STATUS", said(incoming), "正しい照会依頼の受信に 202")


def must_be_refused(incoming: Incoming, reason: str) -> None:
    """Raises NonconformityError unless the inbox refused the message with code, phase and status of this reason."""
    refusal, delivery = refusal_of(reason), incoming.delivery
    expected = f"{refusal.status} {refusal.code}（{refusal.phase}）"
    if delivery["problem"]:
        raise NonconformityError("WRONG_REFUSAL", said(incoming), expected)
    if delivery["status"] < _REFUSED:
        raise NonconformityError("NOT_REFUSED", said(incoming), expected)
    error = delivery["error"] or {}
    told = (delivery["status"], error.get("code"), error.get("phase"))
    if told != (refusal.status, refusal.code, refusal.phase):
        raise NonconformityError("WRONG_REFUSAL", said(incoming), expected)


def said(incoming: Incoming) -> str:
    """What the inbox said, in one line."""
    delivery = incoming.delivery
    return f"受信箱の応答: {delivery['status'] or ''} {delivery['problem'] or ''} {delivery['text'][:300]}".strip()


def answers(scene: Scene, incoming: Incoming, at_least: int = 0) -> list[dict[str, Any]]:
    """What the gateway sent for an enquiry, seen from the network; with at_least, waits."""
    wanted = {"correlation_id": incoming.correlation_id, "from": scene.own.code}
    return scene.exchanges(at_least, **wanted)


def the_answer(scene: Scene, incoming: Incoming, kind: Kind = Kind.ANSWER) -> dict[str, Any]:
    """The one message that answers an enquiry. Raises NonconformityError when none, another or more come."""
    must_accept(incoming)
    sent = answers(scene, incoming, at_least=1)
    expected = f"{incoming.sender.name}への{kind}が一度だけ届く"
    if not sent:
        raise NonconformityError("NO_ANSWER", "何も送られない", expected)
    first = sent[0]
    if first["status"] != 202:
        raise NonconformityError(
            "BAD_MESSAGE", f"{first['status']} {first['error'] or first['problem']}", expected
        )
    if first["header"]["kind"] != kind:
        observed = f"{first['header']['kind']} {first['content'] or ''}"
        raise NonconformityError("NO_ANSWER", observed[:300], expected)
    if first["content"] is None:
        raise NonconformityError(
            "BAD_MESSAGE", f"{incoming.sender.name}が開けない（{first['problem']}）", expected
        )
    return first


def answer_at_hand(scene: Scene, incoming: Incoming, kind: Kind = Kind.ANSWER) -> dict[str, Any]:
    """The same for a check of something else: without an answer there is nothing to check (PREREQUISITE)."""
    try:
        return the_answer(scene, incoming, kind)
    except NonconformityError as error:
        raise prerequisite(error) from error


def prerequisite(error: NonconformityError) -> NonconformityError:
    """A deviation on the way to a check, said as such: the requirement that it belongs to is another one."""
    observed = f"{error.finding.code} {error.observed}"
    return NonconformityError("PREREQUISITE", observed, error.expected)


def items_of(answer: dict[str, Any]) -> dict[str, Any]:
    """The items of a 照会応答."""
    items: dict[str, Any] = answer["content"]["items"]
    return items
