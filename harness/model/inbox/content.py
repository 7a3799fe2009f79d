"""Checks 8 to 10: what was encrypted to the gateway, and by whom it was signed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from harness.contract.messages import Kind
from harness.contract.schemas import deviations
from harness.model.inbox.admission import party_of
from harness.model.inbox.jose import Jwe, Jws, Spelling, Standing
from harness.model.inbox.outer import (
    EXACT_HEADERS,
    FORM_OF_PARTS,
    MESSAGE_TYPE,
    flaw_of,
    has_more,
    is_loose,
    is_no_jws,
    unverified,
)
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
from harness.model.likeness import has_fraction
from harness.model.state.directory import SignatureKey

BOUND: Final = ("message_id", "correlation_id", "kind", "from", "to", "information")
DECRYPTION_FAILED: Final = "DECRYPTION_FAILED"
_TYPE: Final = "renkei-content+jws"
_EITHER: Final = (
    SIGNATURE_INVALID,
    MALFORMED,
)  # what is signed is no JWS, or no content: check 9 or check 10
_AGREED: Final = {"alg": "ECDH-ES", "enc": "A256GCM"}
_JWE_MEMBERS: Final = frozenset({"alg", "enc", "kid", "epk"})
_EPK_MEMBERS: Final = frozenset({"kty", "crv", "x", "y"})
_VECTOR_BYTES, _TAG_BYTES = 12, 16
_SCHEMA: Final = "inbox-content"
_KEY_AFTER: Final = "contract-2-key-after-signature"
_UNBOUND: Final = "contract-2-unbound-content"
_WHOLE: Final = "contract-2-whole-numbers"


def decryption_rule(kind: str) -> str:
    """An answer has a requirement of its own."""
    return "inbox-decryption-answer" if kind in ANSWERS else "inbox-decryption"


def content_rule(kind: str, flaw: str = "") -> str:
    """Which rule a flaw of the inner signature breaks."""
    if kind in ANSWERS:
        return "inbox-content-signature-answer"
    if kind in {Kind.NOTICE, Kind.RECEIPT}:
        return "inbox-content-signature-notice"
    return "inbox-content-unsigned" if flaw in _UNSIGNED else "inbox-content-signature"


_UNSIGNED: Final = frozenset({"alg が none", "署名がない"})


def decryption(arrival: Arrival) -> Iterator[Step]:
    """Check 8. Members of the JWE header that a reader may overlook are left open."""
    jwe = Jwe.of(arrival.envelope.body)
    flaw = _cipher_flaw(jwe)
    if arrival.inbox.settles:
        yield from _settled(jwe, arrival)
    if jwe.open or jwe.loose:
        yield FREE
    elif flaw:
        yield fails("inbox-cipher", flaw, DECRYPTION_FAILED)
    elif arrival.delivery.inner is None:
        yield _closed(arrival, jwe)
    elif "zip" in jwe.protected:  # who overlooks it finds compressed bytes, which are no signature
        yield may_fail(DECRYPTION_FAILED, SIGNATURE_INVALID)
    elif _is_loose(jwe, arrival):
        yield may_fail(DECRYPTION_FAILED)


def _settled(jwe: Jwe, arrival: Arrival) -> Iterator[Step]:
    """What contract 2 decides of the encrypted body, whatever is in it."""
    epk, kid = jwe.protected.get("epk"), arrival.inbox.encryption_kid
    if jwe.loose:
        yield fails(FORM_OF_PARTS, "本文の余りのビット", DECRYPTION_FAILED)
    elif not jwe.open and jwe.protected.keys() - _JWE_MEMBERS:
        yield fails(EXACT_HEADERS, "暗号化した本文", DECRYPTION_FAILED)
    elif isinstance(epk, Mapping) and epk.keys() - _EPK_MEMBERS:
        yield fails(EXACT_HEADERS, "epk", DECRYPTION_FAILED)
    elif kid is not None and not jwe.open and jwe.protected.get("kid") != kid:
        yield fails(EXACT_HEADERS, "本文の kid", DECRYPTION_FAILED)


def _cipher_flaw(jwe: Jwe) -> str:
    wrong = next((name for name, value in _AGREED.items() if jwe.protected.get(name) != value), "")
    if wrong:
        return f"{wrong} が違う"
    epk = jwe.protected.get("epk")
    if not isinstance(epk, Mapping) or not epk.keys() >= _EPK_MEMBERS:
        return "epk がない"
    if jwe.vector != _VECTOR_BYTES:
        return "IV の長さが違う"
    return "" if jwe.tag == _TAG_BYTES else "タグの長さが違う"


def _closed(arrival: Arrival, jwe: Jwe) -> Step:
    """What a gateway encrypted, to itself or to this one, only the gateway can open; and what is in a token that readers may read in
    two ways the bench does not tell."""
    jws = arrival.envelope.jws
    if arrival.envelope.text("from") in {arrival.inbox.declared.organisation, *arrival.inbox.real} or (
        jws is not None and is_loose(jws, MESSAGE_TYPE)
    ):
        return FREE
    named = jwe.protected.get("kid") == arrival.inbox.encryption_kid
    return fails(decryption_rule(arrival.kind), "壊れている" if named else "別の鍵宛て", DECRYPTION_FAILED)


def _is_loose(jwe: Jwe, arrival: Arrival) -> bool:
    epk, kid = jwe.protected.get("epk"), arrival.inbox.encryption_kid
    exact = jwe.protected.keys() == _JWE_MEMBERS and isinstance(epk, Mapping) and epk.keys() == _EPK_MEMBERS
    return not exact or (kid is not None and jwe.protected.get("kid") != kid)


def inner_signature(arrival: Arrival) -> Iterator[Step]:
    """Check 9. Of a key that is not valid and a signature or a field that does not hold, either may be said."""
    jws, payload = arrival.content.jws, arrival.content.payload
    if jws is None or jws.protected is None or Spelling.FOREIGN in jws.spellings:
        free = jws is not None and jws.standing is Standing.OPEN
        yield FREE if free else fails(content_rule(arrival.kind), "署名でない", SIGNATURE_INVALID)
        return
    if arrival.content.standing is Standing.OPEN:
        yield FREE
        return
    flaw = flaw_of(jws, _TYPE)
    keys = party_of(arrival).keys_under(jws.says("kid"))
    flaw = flaw or ("" if keys else "kid が違う")
    flaw = flaw or ("" if any(jws.verifies(key.key) for key in keys) else unverified(jws))
    unbound = "" if flaw else _unbound(payload, arrival)
    codes = _EITHER if is_no_jws(jws.protected) or unbound == _NO_FIELD else (SIGNATURE_INVALID,)
    if arrival.inbox.settles:
        yield from _settled_signature(jws, keys, flaw, unbound, arrival)
    loose = is_loose(jws, _TYPE) or max(jws.spellings)
    if loose and not flaw and not unbound:
        yield may_fail(*codes)
    yield from _keys(keys, flaw or unbound, arrival)
    if flaw or unbound:
        yield fails(content_rule(arrival.kind, flaw), flaw or unbound, *codes)


_NO_FIELD: Final = "署名された項目がない"


def _settled_signature(
    jws: Jws, keys: Sequence[SignatureKey], flaw: str, unbound: str, arrival: Arrival
) -> Iterator[Step]:
    """What contract 2 decides: first the signature, then its key, then the bound fields."""
    validity = {valid for key in keys if key.further for valid in key.validity(arrival.delivery.span)}
    invalid = validity == {False} and all(key.further for key in keys)
    if jws.spellings[-1] is Spelling.LOOSE:
        yield fails(FORM_OF_PARTS, "内側の署名の余りのビット", SIGNATURE_INVALID)
    elif has_more(jws):
        yield fails(EXACT_HEADERS, "内側の署名", SIGNATURE_INVALID)
    elif flaw and False in validity:
        yield fails(_KEY_AFTER, "署名も違う", SIGNATURE_INVALID)
    elif invalid and not isinstance(arrival.content.payload, dict):
        # Whether it is no content before its key is looked at, or after, is not said.
        yield fails(_UNBOUND, "オブジェクトでない", SIGNATURE_INVALID, KEY_NOT_VALID)
    elif invalid and unbound and not is_loose(jws, _TYPE):
        yield fails(_KEY_AFTER, "項目も違う", KEY_NOT_VALID)
    elif unbound == _NO_FIELD and not validity:
        said = isinstance(arrival.content.payload, dict)
        yield fails(_UNBOUND, "項目がない" if said else "オブジェクトでない", SIGNATURE_INVALID)


def _unbound(payload: object, arrival: Arrival) -> str:
    """Which of the six fields is another one's; empty for none."""
    said = payload if isinstance(payload, dict) else {}
    if any(name not in said for name in BOUND):
        return _NO_FIELD
    different = (name for name in BOUND if said[name] != arrival.envelope.header.get(name))
    return next((f"{name} が違う" for name in different), "")


def _keys(keys: Sequence[SignatureKey], flaw: str, arrival: Arrival) -> Iterator[Step]:
    """Whether the key was valid, where it is not the present one."""
    further = next((key for key in keys if key.further), None)
    if further is None:
        return
    validity = further.validity(arrival.delivery.span)
    certain = validity == (False,) and not flaw and all(key.further for key in keys)
    if not certain:
        if False in validity:
            yield may_fail(KEY_NOT_VALID)
    elif further.revoked:
        yield fails("inbox-key-revoked", "失効した鍵", KEY_NOT_VALID)
    else:
        over = further.valid_until <= arrival.delivery.span.begin
        yield fails("inbox-key-over", "期間の過ぎた鍵" if over else "期間の始まらない鍵", KEY_NOT_VALID)


def further_key(arrival: Arrival) -> bool:
    """Is the content signed under the kid of a further key?"""
    jws = arrival.content.jws
    keys = party_of(arrival).keys_under(jws.says("kid")) if jws else ()
    return any(key.further for key in keys)


def content_schema(arrival: Arrival) -> Iterator[Step]:
    """Check 10. Whether 812000.0 is an integer is left open."""
    payload = arrival.content.payload
    found = deviations("content", payload)
    if found:
        yield fails(_SCHEMA, place_of(found[0], "全体", " の値"), MALFORMED)
    elif has_fraction(payload):
        yield decided(must_pass(_WHOLE, "届いた電文", MALFORMED), settles=arrival.inbox.settles)
