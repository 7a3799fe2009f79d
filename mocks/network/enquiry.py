"""What the control API may ask a counterpart to enquire."""

from dataclasses import dataclass, field
from typing import Any, Self

from harness.spec.law import Basis
from harness.spec.organisations import organisations
from harness.spec.refusals import RefusedError
from mocks.network.alterations import ALTERATIONS, REPLAYED

DEFAULT_EXPIRY_SECONDS = 60


@dataclass(frozen=True)
class Ask:
    """An enquiry of a counterpart, possibly altered on its way."""

    sender: str
    person: str
    basis: Basis
    affair: str
    information: str
    role: str
    key: dict[str, str] = field(default_factory=dict)
    mode: str | None = None
    to: str | None = None
    alteration: str | None = None
    replay_of: str | None = None
    expires_in_seconds: int = DEFAULT_EXPIRY_SECONDS

    @classmethod
    def from_wire(cls, wire: dict[str, Any]) -> Self:
        """Raises RefusedError INVALID_REQUEST in one sentence."""
        values = dict(wire)
        try:
            basis = values.pop("basis")
            ask = cls(sender=values.pop("as"), basis=Basis(basis["table"], basis["item"]), **values)
        except (KeyError, TypeError) as error:
            raise RefusedError("INVALID_REQUEST", str(error)) from error
        known_alteration(ask.alteration)
        if ask.sender not in organisations():
            raise RefusedError("INVALID_REQUEST", f"as {ask.sender}: 検証環境にない団体")
        return ask


def known_alteration(name: str | None) -> None:
    """Raises RefusedError INVALID_REQUEST naming the ones there are."""
    if name is not None and name not in {*ALTERATIONS, REPLAYED}:
        raise RefusedError(
            "INVALID_REQUEST", f"alteration {name}: ある名前は {'、'.join([*ALTERATIONS, REPLAYED])}"
        )
