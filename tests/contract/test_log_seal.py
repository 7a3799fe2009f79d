"""The seal is over the bytes that RFC 8785 names, so that a gateway in any language reaches the same."""

import hashlib

import pytest

from harness.contract.log_seal import seal

ENTRY = {"seq": 9007199254740991, "action": '照会\u2028\x07"\\/𠮷', "code": None, "seal": "0" * 64}
BYTES = '{"action":"照会\u2028\\u0007\\"\\\\/𠮷","code":null,"seq":9007199254740991}'.encode()


def test_the_bytes_that_are_sealed() -> None:
    assert seal("", ENTRY) == hashlib.sha256(BYTES).hexdigest()
    assert seal("ab", ENTRY) == hashlib.sha256(b"ab" + BYTES).hexdigest()


def test_members_stand_in_the_order_of_their_utf_16_units() -> None:
    """RFC 8785 §3.2.3: 𠮷 is written with D842 and comes before U+FB01."""
    assert seal("", {"\ufb01": 1, "𠮷": 2}) == hashlib.sha256('{"𠮷":2,"\ufb01":1}'.encode()).hexdigest()


@pytest.mark.parametrize("value", [2**53, "\ud800", float("nan")])
def test_what_has_no_such_form_is_not_sealed(value: object) -> None:
    with pytest.raises(ValueError, match=r"domain|UTF-8|JCS"):
        seal("", {"seq": value})
