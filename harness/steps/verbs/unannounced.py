"""What no step says: now and then, as the seed has it, a wrong message or request comes before the one that a scenario is about. What
must become of it is the model's to say; who knows the scenarios does not know what comes next."""

from collections.abc import Mapping
from random import Random
from typing import Any, Final

from harness.contract.organisations import network_organisation
from harness.gateways.south import Staff
from harness.steps.verbs.scene import Scene

_OFTEN: Final = 0.25  # of all occasions
_RECIPES: Final[tuple[Mapping[str, object], ...]] = (
    {"signer": "stranger"},
    {"signer": "sender"},
    {"content_signer": "stranger-as-sender"},
    {"content_signer": "expired"},
    {"content_signer": "revoked"},
    {"encrypted_to": network_organisation().code},
    {"token": [{"op": "drop-signature"}]},
    {"changes": [{"layer": "outer", "path": ["header", "sent_at"], "op": "drop"}]},
    {"changes": [{"layer": "outer-protected", "path": ["typ"], "op": "put", "value": "JWT"}]},
    {"changes": [{"layer": "inner", "path": ["from"], "op": "put", "value": network_organisation().code}]},
)
_ALTERED: Final = ("alteration", "replay_of", "recipe")


def message_before(scene: Scene, enquiry: Mapping[str, Any]) -> None:
    """Before an enquiry of a counterpart: the same, with something wrong that every inbox has to refuse."""
    draw = _draw(scene, f"message/{len(scene.incoming)}")
    if draw.random() < _OFTEN:
        proper = {name: value for name, value in enquiry.items() if name not in _ALTERED}
        scene.control.enquire({**proper, "recipe": draw.choice(_RECIPES)})


def request_before(scene: Scene, enquiry: Mapping[str, Any], role: str) -> None:
    """Before an enquiry of a business system: the same, by somebody whose token nobody knows."""
    if _draw(scene, f"request/{len(scene.enquiries)}").random() < _OFTEN:
        somebody = Staff(scene.south.manners.staff_id(f"{scene.id}/unannounced"), role)
        scene.south.enquire(enquiry, somebody, "unknown")


def _draw(scene: Scene, what: str) -> Random:
    return Random(f"{scene.seed}/{scene.id}/{what}")  # noqa: S311  # chance that comes again
