"""Messages of each kind that a gateway accepted before it was killed: again after it, and under keys whose time has changed (guide §3
checks 6 and 9, §4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from harness.contract.messages import Kind, new_id
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.faults import Recipe, meaning, moment
from harness.stimuli.south_requests import Body, enquiry, notice, told
from harness.stimuli.stage import Resident, Stage

_OVER, _TO_COME = -30, 30  # minutes from now
_LIFE: Final = 45  # seconds: longer than the act
_STATES: Final = ("former", "next", "expired")


@dataclass(frozen=True)
class Accepted:
    """A message: what the network was told to send, and its id."""

    body: Body
    id: str


def accepted(stage: Stage) -> list[Accepted]:
    """One of each kind."""
    provides = next(iter(stage.citations(asks=False)), None)
    asks = next(iter(stage.citations(asks=True)), None)
    resident = stage.registered(1)[0]
    found: list[Body] = []
    if provides:
        asking = provides.said_by(provides.requester.code, resident.ref)
        found.append({**asking, "kind": Kind.ENQUIRY})
        found.append({**asking, "kind": Kind.NOTICE, "items": {"届出の種類": "転入"}})
    if asks:
        found += list(_replies(stage, asks, resident))
    return [Accepted(body, _send(stage, body)) for body in found]


def replayed(stage: Stage, messages: list[Accepted]) -> None:
    """The same bytes, and others under the same id."""
    for message in messages:
        again = {name: message.body[name] for name in _REQUIRED}
        stage.control.enquire({**again, "replay_of": message.id})
        opens = {"correlation_id": message.id} if message.body["kind"] == Kind.ENQUIRY else {}
        _send(stage, message.body, meaning(message_id=message.id, **opens))


def other_validity(stage: Stage) -> None:
    """Keys whose time is over, has not come, and goes on; each as a clock of a zone shows it in which it looks otherwise."""
    stage.control.tell_directory(
        validity={
            "former": {"valid_until": moment(_OVER, "+09:00")},
            "next": {"valid_from": moment(_TO_COME, "-09:00")},
            "expired": {"valid_until": moment(_TO_COME, "-09:00")},
        }
    )


def signed_by_each(stage: Stage, messages: list[Accepted]) -> None:
    """New messages of each kind, their content signed with each of these keys."""
    for message in messages:
        for state in _STATES:
            _send(stage, message.body, {"content_signer": state})


def _replies(stage: Stage, citation: Citation, resident: Resident) -> Iterator[Body]:
    """To what the gateway was made to ask of a partner who stays silent."""
    asking = citation.said_by(citation.provider.code, resident.ref)
    stage.control.set_behaviour(citation.provider.code, resident.ref, citation.information, "silent")
    life: Body = {"expires_in_seconds": _LIFE}
    asked = enquiry(citation, resident.local_id, mode="オンライン", **life)
    notified = notice(citation, resident.local_id, redeliver_after_seconds=_LIFE, **life)
    for kind, path, body in (
        (Kind.ANSWER, "/v1/enquiries", asked),
        (Kind.ERROR, "/v1/enquiries", asked),
        (Kind.RECEIPT, "/v1/notices", notified),
    ):
        said = stage.ask(Request("POST", path, "business", body, stage.staff(citation.role))).body
        id_ = told(said, "correlation_id")
        yield {**asking, "items": {}, "kind": kind, "correlation_id": str(id_ or new_id())}


_REQUIRED: Final = ("as", "person", "basis", "affair", "information", "role")


def _send(stage: Stage, body: Body, recipe: Recipe | None = None) -> str:
    whole = {**body, "recipe": dict(recipe or {}), "expires_in_seconds": _LIFE}
    if body["kind"] == Kind.ENQUIRY:
        del whole["kind"]
        return str(stage.control.enquire(whole)["message_id"])
    return str(stage.control.notify(whole)["message_id"])
