"""A message as it came over the wire, read once."""

from dataclasses import dataclass
from typing import Self

from harness.contract.journal_entries import Said
from harness.contract.messages import Kind
from harness.contract.schemas import Deviation, deviations
from harness.model.history.exchanges import Delivery
from harness.model.inbox.jose import Content, Jws, Standing, json_of

_MASKED = "⟦"  # a record that left the run folder has a sign in place of the bytes
_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Envelope:
    """`payload`: of the outer JWS, None where it is no JSON; `header`: as far as there is one; `body`: empty where there is none;
    `deviations`: from schema `message`; `size` in bytes."""

    token: str
    size: int
    jws: Jws | None
    payload: object
    standing: Standing
    header: Said
    body: str
    deviations: tuple[Deviation, ...]

    @classmethod
    def of(cls, token: str) -> Self:
        """Of what was posted."""
        jws = Jws.of(token)
        payload, standing = json_of(jws.payload) if jws else (None, Standing.NONE)
        said = payload if isinstance(payload, dict) else {}
        header, body = said.get("header"), said.get("body")
        return cls(
            token,
            len(token.encode("utf-8", "replace")),
            jws,
            payload,
            standing,
            header if isinstance(header, dict) else {},
            body if isinstance(body, str) else "",
            deviations("message", payload) if isinstance(payload, dict) else (),
        )

    @property
    def is_proper(self) -> bool:
        """It meets schema `message`, whoever signed it."""
        return isinstance(self.payload, dict) and not self.deviations

    def text(self, name: str) -> str:
        """A member of the header, empty where it is no text."""
        value = self.header.get(name)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One delivery of it. `kind`: that of its header; where that has none, of the message that it was meant to be."""

    delivery: Delivery
    envelope: Envelope
    kind: str
    content: Content

    @classmethod
    def of(cls, delivery: Delivery, envelope: Envelope) -> Self:
        """With what was encrypted in it."""
        meant = (delivery.alteration or "").partition(":")[2]
        said = (envelope.header.get("kind"), delivery.header.get("kind"), meant)
        kind = next((kind for kind in said if isinstance(kind, str) and kind in _KINDS), "")
        return cls(delivery, envelope, kind, Content.of(delivery.inner or ""))


def on_record(delivery: Delivery) -> bool:
    """Is the token there, byte by byte?"""
    return bool(delivery.token) and not delivery.token.startswith(_MASKED)
