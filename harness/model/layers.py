"""A message taken apart, layer by layer, as the keys of the counterparts allow: every place in which a gateway can put
something, and what may stand there (guide §3)."""

import base64
import binascii
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from harness.contract.json_binding import open_body
from harness.contract.keys.ring import KeyRing
from harness.contract.organisations import network_organisation, organisations
from harness.contract.refusals import RefusedError
from harness.contract.strict_json import is_deeper
from harness.model.vocabulary import affairs_and_informations

_JWE_PARTS: Final = (
    "本文の JWE の保護ヘッダー",
    "本文の JWE の鍵",
    "本文の JWE の IV",
    "",
    "本文の JWE の認証タグ",
)
_KNOWN_MEMBERS: Final = frozenset({"affair", "information"})
_IN_THE_OPEN: Final = frozenset({"items", "key"})  # of a content: what was asked for, and what is given
_NOISE: Final = frozenset({"x", "y"})  # coordinates of a key
_DEEPEST: Final = 400  # levels; what is deeper cannot be written once more, and is looked through as it came
_WORDS_WITHIN: Final = (
    60  # levels; deeper ones, which no message of the contract has, may be met by a short name
)


@dataclass(frozen=True)
class Place:
    """Some bytes of a message. `names`: no name and no address may stand here; numbers never may. `own`: numbers of other
    people may, as these are the values that were registered. `random`: clean bytes are random ones, in which short names are
    met by chance."""

    name: str
    raw: bytes
    names: bool = True
    own: bool = False
    random: bool = False


def places_of(token: str, keys: KeyRing) -> Iterator[Place]:
    """Of a message as it was sent. What cannot be taken apart is one place."""
    parts = token.split(".")
    payload = _json(_bytes(parts[1])) if len(parts) == 3 else None
    if payload is None:
        yield Place("電文", token.encode("utf-8", "replace"))
        return
    yield from _signed("外側", parts, payload)
    header, body = payload.get("header"), payload.get("body")
    if isinstance(body, str) and body.count(".") == 4:
        yield from _sealed(body, header.get("to") if isinstance(header, Mapping) else None, keys)


def _signed(which: str, parts: list[str], payload: Mapping[str, Any]) -> Iterator[Place]:
    yield Place(f"{which}の JWS の保護ヘッダー", _bytes(parts[0]))
    yield Place(f"{which}の JWS の署名", _bytes(parts[2]), random=True)
    content = payload.get("content")
    values, about = None, content
    if isinstance(content, Mapping) and (values := _values(content)) is not None:
        about = _without(content, _IN_THE_OPEN)
    rest = {**payload, "body": None, "content": about}
    yield Place(f"{which}の JWS の payload", _dump(_unusual(rest)))
    if values is None:  # as it was written: names may only stand where they are known to belong
        written = _bytes(parts[1]).replace(str(payload.get("body")).encode(), b"")
        yield Place(f"{which}の JWS の payload", written, names=False)
    else:
        yield Place("本文の項目の名", _dump([list(value) for value in values]), names=False)
        yield Place("本文の値", _dump([list(value.values()) for value in values]), names=False, own=True)


def _sealed(body: str, recipient: object, keys: KeyRing) -> Iterator[Place]:
    parts = body.split(".")
    protected = _json(_bytes(parts[0]))
    if protected is None:
        yield Place(_JWE_PARTS[0], _bytes(parts[0]))
    else:
        epk = protected.get("epk")
        rest = {**protected, "epk": _without(epk, _NOISE) if isinstance(epk, Mapping) else epk}
        yield Place(_JWE_PARTS[0], _dump(rest))
    for name, part in zip(_JWE_PARTS[1:], parts[1:], strict=True):
        if name:
            yield Place(name, _bytes(part), random=True)
    inner = _opened(body, recipient, keys).split(".")
    payload = _json(_bytes(inner[1])) if len(inner) == 3 else None
    if payload is not None:
        yield from _signed("内側", inner, payload)


def _opened(body: str, recipient: object, keys: KeyRing) -> str:
    """With the key of the recipient, whom the bench plays; empty where that does not open it, or only a gateway of theirs can."""
    if recipient not in organisations() or recipient == network_organisation().code:
        return ""
    key = keys.of(str(recipient)).encryption
    if key.private_key is None:
        return ""
    try:
        return open_body(body, key)
    except (RefusedError, TypeError):  # TypeError: joserfc, of a protected header with odd types
        return ""


def _values(content: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """Items and keys of a content, None where it has none."""
    found = [content[name] for name in sorted(_IN_THE_OPEN & content.keys())]
    return [part for part in found if isinstance(part, Mapping)] if found else None


def _unusual(value: Any, levels: int = _WORDS_WITHIN) -> Any:
    """Without the words of the contract, which are long enough to hold a short name."""
    if not levels or not isinstance(value, Mapping):
        return value
    kept = {n: v for n, v in value.items() if n not in _KNOWN_MEMBERS or v not in affairs_and_informations()}
    return {name: _unusual(member, levels - 1) for name, member in kept.items()}


def _without(value: Mapping[str, Any], names: frozenset[str]) -> dict[str, object]:
    return {name: member for name, member in value.items() if name not in names}


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _bytes(part: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except (ValueError, binascii.Error):
        return part.encode("utf-8", "replace")


def _json(raw: bytes) -> dict[str, object] | None:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and not is_deeper(value, _DEEPEST) else None
