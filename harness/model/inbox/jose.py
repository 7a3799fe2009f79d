"""Compact JWS and JWE taken apart by hand, so that what is judged is not found by the code that may have made it."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from json import JSONDecodeError, JSONDecoder
from typing import Final, NoReturn, Self

from joserfc.errors import JoseError
from joserfc.jwk import ECKey
from joserfc.jws import JWSRegistry

from harness.contract.strict_json import UnreadableJsonError, read_json

ES256: Final = "ES256"
_ALGORITHM: Final = JWSRegistry(algorithms=[ES256]).get_alg(ES256)
_ALPHABET: Final = re.compile(r"[A-Za-z0-9_-]*")
_PARTS: Final = 3
_FOUR: Final = 4  # characters of base64 that make whole bytes


class Spelling(IntEnum):
    """How a part is written. LOOSE: the bits that fill up its last character are not zero, which decoders overlook or refuse."""

    PLAIN = 0
    LOOSE = 1
    PADDED = 2
    FOREIGN = 3


class Standing(IntEnum):
    """Whether bytes are JSON. OPEN: guide §11, "JSON and text" or a reader's limits leave it to who reads."""

    PLAIN = 0
    OPEN = 1
    NONE = 2


def is_alphabet(part: str) -> bool:
    """Characters of base64url alone, padding at the end apart."""
    return _ALPHABET.fullmatch(part.rstrip("=")) is not None


def decoded(part: str) -> tuple[bytes, Spelling]:
    """The bytes of a part of base64url, empty where it is none."""
    text = part.rstrip("=")
    filling = "=" * (-len(text) % _FOUR)
    if not _ALPHABET.fullmatch(text) or len(text) % _FOUR == 1 or part not in {text, text + filling}:
        return b"", Spelling.FOREIGN
    raw = base64.urlsafe_b64decode(text + filling)
    if part != text:
        return raw, Spelling.PADDED
    canonical = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return raw, Spelling.PLAIN if canonical == text else Spelling.LOOSE


def json_of(raw: bytes) -> tuple[object, Standing]:
    """The value, None where there is none for certain."""
    try:
        return read_json(raw), Standing.PLAIN
    except UnreadableJsonError:
        pass
    try:
        _TOLERANT.decode(raw.decode("utf-8-sig"))
    except (JSONDecodeError, UnicodeDecodeError, _NoJsonError):
        return None, Standing.NONE
    except (ValueError, RecursionError):  # longer or deeper than readers have to take
        return None, Standing.OPEN
    return None, Standing.OPEN


class _NoJsonError(Exception):
    pass


def _no_number(_: str) -> NoReturn:
    raise _NoJsonError


_TOLERANT: Final = JSONDecoder(parse_constant=_no_number)


@dataclass(frozen=True, slots=True)
class Jws:
    """A compact JWS. `protected`: None where no JSON object can be read; `spellings`: of its three parts."""

    signed: bytes
    protected: Mapping[str, object] | None
    payload: bytes
    signature: bytes
    spellings: tuple[Spelling, Spelling, Spelling]
    standing: Standing

    @classmethod
    def of(cls, token: str) -> Self | None:
        """None for what does not have three parts."""
        parts = token.split(".")
        if len(parts) != _PARTS:
            return None
        (head, first), (payload, second), (signature, third) = (decoded(part) for part in parts)
        protected, standing = json_of(head)
        signed = f"{parts[0]}.{parts[1]}".encode("utf-8", "replace")
        known = protected if isinstance(protected, dict) else None
        return cls(signed, known, payload, signature, (first, second, third), standing)

    def says(self, name: str) -> object:
        """A member of the protected header."""
        return (self.protected or {}).get(name)

    def verifies(self, key: ECKey) -> bool:
        """Over the bytes that came."""
        try:
            return bool(_ALGORITHM.verify(self.signed, self.signature, key))
        except (JoseError, ValueError):
            return False


@dataclass(frozen=True, slots=True)
class Content:
    """What was encrypted, read once: the inner JWS and its payload; None where there is none."""

    jws: Jws | None
    payload: object
    standing: Standing

    @classmethod
    def of(cls, inner: str) -> Self:
        """Of a plaintext."""
        jws = Jws.of(inner)
        return cls(jws, *(json_of(jws.payload) if jws else (None, Standing.NONE)))


@dataclass(frozen=True, slots=True)
class Jwe:
    """The protected header of a compact JWE, empty where there is none, and the lengths that the contract gives. `loose`: bits that fill
    up a part are not zero; `open`: readers may read its header in two ways."""

    protected: Mapping[str, object]
    vector: int
    tag: int
    loose: bool
    open: bool

    @classmethod
    def of(cls, body: str) -> Self:
        """Of a body that meets the schema."""
        (head, first), _, (vector, second), (_, third), (tag, fourth) = map(decoded, body.split("."))
        protected, standing = json_of(head)
        known = protected if isinstance(protected, dict) else {}
        loose = Spelling.LOOSE in {first, second, third, fourth}
        return cls(known, len(vector), len(tag), loose, standing is Standing.OPEN)
