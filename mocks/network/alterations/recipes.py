"""A message put together as a recipe says: any member of any layer changed, any layer signed or encrypted otherwise. What is
not named is proper."""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext, suppress
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
from mocks.network.alterations.by_hand import close, filled, in_der, loosened, sign
from mocks.network.alterations.drafts import Draft, decoded, encoded, stranger_as

Layer = dict[str, Any]
Steps = tuple[tuple[str, str], ...]
RECIPE: Final = "recipe"  # in place of the name of an alteration
OF_NETWORK: Final = "network-"  # before the state of a further key of the network
LAYERS: Final = ("inner", "inner-protected", "jwe", "outer", "outer-protected")
OPERATIONS: Final = ("put", "drop", "raw", "number")
TOKEN_OPERATIONS: Final = ("append", "prepend", "drop-signature", "alg-none", "der", "text", "loosen")
BODY_OPERATIONS: Final = (
    "shorter-iv",
    "longer-iv",
    "shorter-tag",
    "other-tag",
    "other-iv",
    "other-ciphertext",
    "loosen-tag",
)
THIN: Final = ("outer-r", "outer-s", "inner-r", "inner-s", "z", "epk-x", "epk-y")


@dataclass(frozen=True)
class Change:
    """In `layer`, at `path` (members by name): `put` a value, `drop` the member, put a `number` that is
    written with a fraction, or `raw` text in place of the whole layer."""

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
    is closed, layer by layer; who signs and for whom it is encrypted (`network`, `sender`, `stranger`, a state of `further_keys`, after
    `network-` of those of the network, or the code of an organisation; empty for as it should be); what is done to the signed content, to
    the body and to the token in the end; to how many bytes the message is filled up with blanks; and which number in it (THIN) has a
    leading zero."""

    message: Mapping[str, Any]
    changes: tuple[Change, ...]
    signer: str
    content_signer: str
    encrypted_to: str
    token: Steps
    signed: Steps = ()
    body: Steps = ()
    size: int = 0
    thin: str = ""

    def thin_in(self, layer: str) -> str:
        """Which number of a layer has a leading zero."""
        return self.thin.removeprefix(f"{layer}-") if self.thin.startswith(layer) else ""

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        """From a recipe that meets its shape."""
        changes = tuple(Change.from_wire(change) for change in wire.get("changes", ()))
        signer, content_signer, whose = (
            str(wire.get(name, "")) for name in ("signer", "content_signer", "encrypted_to")
        )
        token, signed, body = (_steps(wire.get(name, ())) for name in ("token", "signed", "body"))
        meant, size = wire.get("message", {}), int(wire.get("size", 0))
        thin = str(wire.get("thin", ""))
        return cls(meant, changes, signer, content_signer, whose, token, signed, body, size, thin)


def _steps(wire: Iterable[Mapping[str, Any]]) -> Steps:
    return tuple((str(step["op"]), str(step.get("value", ""))) for step in wire)


def cooked(
    message: Message, gateway: PublicKeys, recipe: Recipe, keys: KeyRing = PUBLISHED
) -> tuple[str, str | None]:
    """The message as it goes out, and what is encrypted to the gateway in it."""
    sender = message.header.sender
    meant = _meant(message, recipe.message)
    draft = Draft(meant, gateway, meant, keys=keys)
    key = _signer(recipe.content_signer or sender, sender, keys)
    protected = {"alg": SIGNATURE, "kid": key.kid, "typ": CONTENT_JWS_TYPE}
    head, payload = _text(protected, recipe, "inner-protected"), _text(draft.inner(), recipe, "inner")
    inner = _through(recipe.signed, sign(head, payload, key, recipe.thin_in("inner")))
    whose = (keys.public(recipe.encrypted_to) if recipe.encrypted_to else draft.recipient).encryption
    jwe = {"alg": KEY_AGREEMENT, "enc": CIPHER, "kid": whose.kid}
    thin = recipe.thin if recipe.thin in THIN[-3:] else ""
    body = close(inner, whose, lambda epk: _text({**jwe, "epk": epk}, recipe, "jwe"), thin)
    if not recipe.encrypted_to:
        draft.noted(inner, body)
    body = _spoilt(recipe.body, body)
    outer = {"header": draft.message.header.to_wire(), "body": body}
    network = _signer(recipe.signer or "network", sender, keys)
    protected = {"alg": SIGNATURE, "kid": network.kid, "typ": MESSAGE_TYPE}
    head, payload = _text(protected, recipe, "outer-protected"), _text(outer, recipe, "outer")
    token = _through(
        recipe.token, sign(head, filled(head, payload, recipe.size), network, recipe.thin_in("outer"))
    )
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
        value[last] = float(str(change.value)) if change.operation == "number" else change.value


def _signer(name: str, sender: str, keys: KeyRing) -> Any:
    """The key of whoever is named. A stranger signs under the kid that is expected."""
    network = network_organisation().code
    known = {"network": network, "sender": sender}
    if name == "stranger":
        return stranger_as(keys.of(network).signature, keys)
    if name == "stranger-as-sender":
        return stranger_as(keys.of(sender).signature, keys)
    if name.startswith(OF_NETWORK):
        return keys.further(network)[name.removeprefix(OF_NETWORK)].key
    if name in (further := keys.further(sender)):
        return further[name].key
    code = known.get(name, name)
    if code not in organisations():
        raise RefusedError("INVALID_REQUEST", f"recipe の署名者 {name}: その名前はない")
    return keys.of(code).signature


def _through(steps: Steps, token: str) -> str:
    """What an operation before has made no token of, the next one may not be done to: it stays as it is."""
    for number, (operation, value) in enumerate(steps):
        # The first has a token: where it fails it is broken, and what goes out would be proper under the name of an alteration.
        with suppress(ValueError, IndexError) if number else nullcontext():
            token = _TOKENS[operation](token, value)
    return token


def _spoilt(steps: Steps, body: str) -> str:
    """Bytes of a part of a compact JWE cut off, added or changed."""
    parts = body.split(".")
    for operation, _ in steps:
        change, _, name = operation.partition("-")
        number = _PARTS[name]
        parts[number] = _SPOILING[change](parts[number])
    return ".".join(parts)


_PARTS: Final[Mapping[str, int]] = {"iv": 2, "ciphertext": 3, "tag": 4}
_SPOILING: Final[Mapping[str, Callable[[str], str]]] = {
    "shorter": lambda part: encoded(decoded(part)[:-4]),
    "longer": lambda part: encoded(decoded(part) + bytes(4)),
    "other": lambda part: encoded(decoded(part)[:-1] + bytes([decoded(part)[-1] ^ 1])),
    "loosen": loosened,
}


def _unsecured(token: str, _: str) -> str:
    """RFC 7515 appendix A.5."""
    _, payload, _ = token.split(".")
    return f"{encoded(json.dumps({'alg': 'none'}).encode())}.{payload}."


_TOKENS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "append": lambda token, value: token + value,
    "prepend": lambda token, value: value + token,
    "drop-signature": lambda token, _: token.rpartition(".")[0] + ".",
    "alg-none": _unsecured,
    "der": lambda token, _: in_der(token),
    "text": lambda _, value: value,
    "loosen": lambda token, _: loosened(token),
}
