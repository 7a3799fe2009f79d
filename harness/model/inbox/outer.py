"""Checks 1 to 3: form, the network's signature, schema."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from harness.contract.messages import Kind
from harness.contract.refusals import refusals
from harness.model.inbox.envelope import Envelope
from harness.model.inbox.jose import ES256, Jws, Spelling, Standing, is_alphabet
from harness.model.inbox.steps import (
    ANSWERS,
    FREE,
    KEY_NOT_VALID,
    MALFORMED,
    SIGNATURE_INVALID,
    Arrival,
    Step,
    decided,
    fails,
    may_fail,
    must_pass,
    place_of,
)
from harness.model.state.directory import Party

_LONGEST: Final = 4_000_000  # bytes (guide §3, check 1)
MESSAGE_TYPE: Final = "renkei-message+jws"
_MEMBERS: Final = frozenset({"alg", "kid", "typ"})
_KEY_MEMBERS: Final = frozenset({"jwk", "jku", "x5c", "x5u"})
_SIGNATURE_BYTES: Final = 64
_EITHER: Final = (MALFORMED, SIGNATURE_INVALID)  # what is no base64url: check 1 or check 2
_FORM: Final = "inbox-form"
_SCHEMA: Final = "inbox-schema"
FORM_OF_PARTS: Final = "contract-2-token-form"
EXACT_HEADERS: Final = "contract-2-exact-protected-headers"
_FORMAT: Final = "contract-2-format-asserted"
_FURTHER_KEYS: Final = "contract-2-network-further-keys"
_UNUSUAL: Final = re.compile(r"000[01]-.*|9999-12-31.*|.{17}60.*|.*[+-](1[89]|2[0-9]):[0-9]{2}")
_RULES: Final = {
    "alg が違う": "inbox-outer-algorithm",
    "鍵をヘッダーで渡す": "inbox-outer-embedded-key",
    "typ が違う": "inbox-outer-type",
    "kid が違う": "inbox-outer-kid",
}


def form(envelope: Envelope, *, settles: bool) -> Iterator[Step]:
    """Check 1. What JSON readers may read in two ways is free (guide §11), whatever comes after it. `settles`: by contract 2."""
    if envelope.size > _LONGEST:
        yield fails(_FORM, "4,000,000 バイトを超える", MALFORMED)
    elif envelope.jws is None:
        yield fails(_FORM, "3部分でない", MALFORMED)
    elif settles and not all(map(is_alphabet, envelope.token.split("."))):
        yield fails(FORM_OF_PARTS, "base64url でない文字", MALFORMED)
    else:
        yield from _parts(envelope, envelope.jws, settles=settles)


def _parts(envelope: Envelope, jws: Jws, *, settles: bool) -> Iterator[Step]:
    foreign = fails(_FORM, "base64url でない文字がある", *_EITHER)
    if jws.spellings[1] is Spelling.FOREIGN:
        yield foreign
    elif envelope.standing is Standing.NONE:
        yield fails(_FORM, "payload が JSON でない", MALFORMED)
    elif envelope.standing is Standing.PLAIN and not isinstance(envelope.payload, dict):
        yield fails(_FORM, "payload がオブジェクトでない", MALFORMED)
    elif Spelling.FOREIGN in jws.spellings:
        padded = any(part.endswith("=") for part in envelope.token.split("."))
        yield fails(FORM_OF_PARTS, "詰め文字", SIGNATURE_INVALID) if settles and padded else foreign
    elif Standing.OPEN in {envelope.standing, jws.standing}:
        yield FREE
    elif jws.protected is None:
        yield fails(_FORM, "protected header が JSON オブジェクトでない", *_EITHER)
    elif Spelling.LOOSE in (jws.spellings[:-1] if settles else jws.spellings):
        yield may_fail(*_EITHER)


def outer_rule(kind: str, variant: str) -> str:
    """Which rule a flaw of the outer signature breaks."""
    if kind in ANSWERS:
        return "inbox-outer-answer"
    return _RULES.get(variant, "inbox-outer-signature")


def signature(arrival: Arrival) -> Iterator[Step]:
    """Check 2."""
    jws = arrival.envelope.jws
    if jws is None or jws.protected is None:
        return
    if arrival.inbox.settles:
        yield from _settled(jws)
    if Spelling.PADDED in jws.spellings:
        codes = (SIGNATURE_INVALID,) if jws.spellings[2] is Spelling.PADDED else _EITHER
        yield fails(outer_rule(arrival.kind, ""), "詰め文字がある", *codes)
        return
    flaw = flaw_of(jws, MESSAGE_TYPE) or _unverified(jws, arrival.directory.network, arrival)
    if flaw:
        codes = _EITHER if is_no_jws(jws.protected) else (SIGNATURE_INVALID,)
        yield fails(outer_rule(arrival.kind, flaw), flaw, *codes)
        return
    if is_loose(jws, MESSAGE_TYPE):
        yield may_fail(*_EITHER)
    yield from _further(arrival, jws)


def _settled(jws: Jws) -> Iterator[Step]:
    """What contract 2 decides of a token, whoever signed it."""
    if Spelling.PADDED in jws.spellings:
        yield fails(FORM_OF_PARTS, "詰め文字", SIGNATURE_INVALID)
    elif jws.spellings[-1] is Spelling.LOOSE:
        yield fails(FORM_OF_PARTS, "署名の余りのビット", SIGNATURE_INVALID)
    elif has_more(jws):
        yield fails(EXACT_HEADERS, "電文の署名", SIGNATURE_INVALID)


def _further(arrival: Arrival, jws: Jws) -> Iterator[Step]:
    """Further keys of the network."""
    keys = arrival.directory.network.keys_under(jws.says("kid"))
    if not all(key.further for key in keys):
        return
    validity = {valid for key in keys for valid in key.validity(arrival.delivery.span)}
    if not arrival.inbox.settles:
        yield may_fail(SIGNATURE_INVALID, KEY_NOT_VALID)
    elif validity == {True}:
        yield must_pass(_FURTHER_KEYS, "有効な鍵", SIGNATURE_INVALID, KEY_NOT_VALID)
    elif validity == {False}:
        yield fails(_FURTHER_KEYS, "有効でない鍵", SIGNATURE_INVALID)
    else:
        yield may_fail(SIGNATURE_INVALID)


def is_no_jws(protected: Mapping[str, object]) -> bool:
    """RFC 7515 and 7797 want `alg`, and give some other members a meaning that may make it none, so that check 1 may say so."""
    further = protected.keys() - _MEMBERS - _KEY_MEMBERS
    return bool(further) or not isinstance(protected.get("alg"), str)


def flaw_of(jws: Jws, token_type: str) -> str:
    """What is wrong with a protected header for certain, the signature apart; empty for nothing."""
    protected, typ = jws.protected or {}, jws.says("typ")
    if jws.says("alg") == "none":
        return "alg が none"
    if not jws.signature:
        return "署名がない"
    if not protected.keys() >= _MEMBERS:
        return "protected header の項目がない"
    if jws.says("alg") != ES256:
        return "alg が違う"
    if "crit" in protected:
        return "crit がある"
    return "" if _media_type(typ) == token_type else "typ が違う"


def is_loose(jws: Jws, token_type: str) -> bool:
    """Has the protected header what a reader may overlook: members of no meaning, a media type in another spelling?"""
    return (jws.protected or {}).keys() != _MEMBERS or jws.says("typ") != token_type


def has_more(jws: Jws) -> bool:
    """Are there members beyond the three? What lacks one of the three, or has it as no text, may be no JWS at all."""
    protected = jws.protected or {}
    return protected.keys() > _MEMBERS and all(isinstance(protected[name], str) for name in _MEMBERS)


def unverified(jws: Jws) -> str:
    """Why no key of the signer verifies it."""
    if (jws.protected or {}).keys() & _KEY_MEMBERS:
        return "鍵をヘッダーで渡す"
    return "検証できない" if len(jws.signature) == _SIGNATURE_BYTES else "r‖s の64バイトでない"


def _unverified(jws: Jws, network: Party, arrival: Arrival) -> str:
    kid = jws.says("kid")
    keys = network.keys_under(kid)
    if any(jws.verifies(key.key) for key in keys):
        return ""
    if keys or (jws.protected or {}).keys() & _KEY_MEMBERS:
        return unverified(jws)
    sender = arrival.directory.organisations.get(arrival.envelope.text("from"))
    return "送信元の署名" if sender and sender.keys_under(kid) else "kid が違う"


def schema(arrival: Arrival) -> Iterator[Step]:
    """Check 3. Whether `format` is asserted is left open, and so is a moment that few readers can hold."""
    found = [d for d in arrival.envelope.deviations if d.keyword != "format"]
    if found:
        yield fails(_SCHEMA, place_of(found[0], "header"), MALFORMED)
    elif arrival.envelope.deviations or is_unusual(arrival.envelope.text("sent_at")):
        unusual = any(is_unusual(arrival.envelope.text(name)) for name in ("sent_at", "expires_at"))
        settles = arrival.inbox.settles and not unusual
        yield decided(fails(_FORMAT, "電文", MALFORMED), settles=settles)
    elif arrival.kind == Kind.ENQUIRY and _is_odd(arrival):
        yield may_fail(*(code for code, refusal in refusals().items() if refusal.status))


def _is_odd(arrival: Arrival) -> bool:
    """A correlation id that is not its message id, or in use (guide §11)."""
    id_ = arrival.envelope.text("correlation_id")
    return id_ != arrival.envelope.text("message_id") or arrival.inbox.in_use(id_)


def is_unusual(moment: str) -> bool:
    """A leap second, an edge of the calendar, an offset that nobody has."""
    return _UNUSUAL.fullmatch(moment) is not None


def _media_type(typ: object) -> str:
    return typ.lower().removeprefix("application/") if isinstance(typ, str) else ""
