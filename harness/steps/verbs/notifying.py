"""連絡 as verbs that several step files share: one office tells, the gateway hands over what it was told."""

from dataclasses import dataclass
from typing import Any

from harness.contract.organisations import Organisation
from harness.gateways.exchange import Reply
from harness.residents.people import Person
from harness.steps.verbs.placing import register
from harness.steps.verbs.requesting_side import ALLOWANCE, basis
from harness.steps.verbs.scene import Incoming, Scene
from harness.use_cases.purposes import Purpose

REDELIVER_SECONDS = 1


@dataclass(frozen=True)
class Notice:
    """What one office tells another, about whom."""

    person: Person
    information: str
    to: Organisation
    items: dict[str, Any]
    purpose: Purpose = ALLOWANCE


def send_notice(scene: Scene, role: str, notice: Notice) -> Reply:
    """Submits a 連絡; whether it is accepted is for the following steps to say."""
    register(scene, notice.person)
    body = {
        "local_id": notice.person.local_id,
        "to": notice.to.code,
        "basis": basis(scene, notice.purpose, notice.information),
        "affair": notice.purpose.affair,
        "information": notice.information,
        "items": notice.items,
        "redeliver_after_seconds": REDELIVER_SECONDS,
    }
    return scene.south.notify(body, scene.staff(role))


def handed_over(scene: Scene, incoming: Incoming) -> list[dict[str, Any]]:
    """What the business system is given of a 連絡; the gateway may still be working on it when its 202 is there."""
    found: list[dict[str, Any]] = []

    def there() -> bool:
        reply = scene.south.received_notices(incoming.correlation_id)
        found[:] = reply.expect(200, "received-notices")["notices"]
        return bool(found)

    scene.until(there, "NO_ANSWER", lambda: "業務システムに渡された連絡がない", "届いた連絡")
    return found
