"""A message put together as a recipe says: any member of any layer changed, any layer signed or encrypted otherwise. What is
not named is proper."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from harness.contract.json_binding import (
    CIPHER,
    CONTENT_JWS_TYPE,
    KEY_AGREEMENT,
    MESSAGE_TYPE,
    SIGNATURE,
)
from harness.contract.keys import PublicKeys
from harness.contract.keys.ring import PUBLISHED, KeyRing
from harness.contract.messages import Message
from harness.contract.organisations import network_organisation, organisations
from harness.contract.refusals import RefusedError
from mocks.network.alterations.by_hand import close, sign
from mocks.network.alterations.drafts import Draft, encoded, stranger_as

Layer = dict[str, Any]
RECIPE: Final = "recipe"  # in place of the name of an alteration
LAYERS: Final = ("inner", "inner-protected", "jwe", "outer", "outer-protected")
OPERATIONS: Final = ("put", "drop", "raw")
TOKEN_OPERATIONS: Final = ("append", "prepend", "drop-signature", "alg-none")


@dataclass(frozen=True)
class Change:
    """In `layer`, at `path` (members by name): `put` a value, `drop` the member, or put `raw` text in place of the whole layer."""

    layer: str
    path: tuple[str, ...]
    operation: str
    value: object

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        """From a change that meets its shape."""
        return cls(wire["layer"], tuple(wire.get("path", ())), wire["op"], wire.get("value"))


@dataclass(frozen=True)
class Recipe:
    """`message`: members of the header, and `content`, that differ in a message that is proper in itself; then the `changes` while it
    is closed, layer by layer; who signs and for whom it is encrypted (`network`, `sender`, `stranger`, a state of `further_keys`, or
    the code of an organisation; empty for as it should be); and what is done to the token in the end."""

    message: Mapping[str, Any]
    changes: tuple[Change, ...]
    signer: str
    content_signer: str
    encrypted_to: str
    token: tuple[tuple[str, str], ...]

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        """From a recipe that meets its shape."""
        changes = tuple(Change.from_wire(change) for change in wire.get("changes", ()))
        signer, content_signer, whose = (
            str(wire.get(name, "")) for name in ("signer", "content_signer", "encrypted_to")
        )
        token = tuple((str(step["op"]), str(step.get("value", ""))) for step in wire.get("token", ()))
        return cls(wire.get("message", {}), changes, signer, content_signer, whose, token)


def cooked(
    message: Message, gateway: PublicKeys, recipe: Recipe, keys: KeyRing = PUBLISHED
) -> tuple[str, str | None]:
    """The message as it goes out, and what is encrypted to the gateway in it."""
    sender = message.header.sender
    meant = _meant(message, recipe.message)
    draft = Draft(meant, gateway, meant, keys=keys)
    key = _signer(recipe.content_signer or sender, sender, keys)
    protected = {"alg": SIGNATURE, "kid": key.kid, "typ": CONTENT_JWS_TYPE}
    inner = sign(_text(protected, recipe, "inner-protected"), _text(draft.inner(), recipe, "inner"), key)
    whose = (keys.public(recipe.encrypted_to) if recipe.encrypted_to else draft.recipient).encryption
    jwe = {"alg": KEY_AGREEMENT, "enc": CIPHER, "kid": whose.kid}
    body = close(inner, whose, lambda epk: _text({**jwe, "epk": epk}, recipe, "jwe"))
    if not recipe.encrypted_to:
        draft.noted(inner, body)
    outer = {"header": draft.message.header.to_wire(), "body": body}
    network = _signer(recipe.signer or "network", sender, keys)
    protected = {"alg": SIGNATURE, "kid": network.kid, "typ": MESSAGE_TYPE}
    token = sign(_text(protected, recipe, "outer-protected"), _text(outer, recipe, "outer"), network)
    for operation, value in recipe.token:
        token = _TOKENS[operation](token, value)
    return token, draft.inner_of(token)


def _meant(message: Message, members: Mapping[str, Any]) -> Message:
    """With other members of the header, by their names on the wire."""
    header = type(message.header).from_wire(
        {**message.header.to_wire(), **{n: v for n, v in members.items() if n != "content"}}
    )
    return Message(header, members.get("content", message.content))


def _text(layer: Mapping[str, Any], recipe: Recipe, name: str) -> str:
    value: Layer = json.loads(json.dumps(layer))
    for change in recipe.changes:
        if change.layer != name:
            continue
        if change.operation == "raw":
            return str(change.value)
        _change(value, change)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _change(value: Layer, change: Change) -> None:
    *way, last = change.path
    for member in way:
        if not isinstance(value.get(member), dict):
            value[member] = {}
        value = value[member]
    if change.operation == "drop":
        value.pop(last, None)
    else:
        value[last] = change.value


def _signer(name: str, sender: str, keys: KeyRing) -> Any:
    """The key of whoever is named. A stranger signs under the kid that is expected."""
    network = network_organisation().code
    known = {"network": network, "sender": sender}
    if name == "stranger":
        return stranger_as(keys.of(network).signature, keys)
    if name == "stranger-as-sender":
        return stranger_as(keys.of(sender).signature, keys)
    if name in (further := keys.further(sender)):
        return further[name].key
    code = known.get(name, name)
    if code not in organisations():
        raise RefusedError("INVALID_REQUEST", f"recipe の署名者 {name}: その名前はない")
    return keys.of(code).signature


def _unsecured(token: str, _: str) -> str:
    """RFC 7515 appendix A.5."""
    _, payload, _ = token.split(".")
    return f"{encoded(json.dumps({'alg': 'none'}).encode())}.{payload}."


_TOKENS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "append": lambda token, value: token + value,
    "prepend": lambda token, value: value + token,
    "drop-signature": lambda token, _: token.rpartition(".")[0] + ".",
    "alg-none": _unsecured,
}
