"""The JSON binding: what it seals it opens, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.contract.json_binding import LONGEST_MESSAGE, decrypt, peek, seal, unwrap
from harness.contract.keys import bench_keys
from harness.contract.law import Basis
from harness.contract.messages import Header, Kind, Message, Mode, parse_timestamp, timestamp
from harness.contract.refusals import RefusedError

OWN, PARTNER = bench_keys("221007"), bench_keys("401307")
ITEM = st.one_of(
    st.text(max_size=200).filter(lambda t: not any(0xD800 <= ord(c) < 0xE000 for c in t)), st.integers()
)


def header(**changes: str) -> Header:
    asked = Header.enquiry(
        sender="401307",
        recipient="221007",
        basis=Basis("2015-09-09", "57"),
        affair="事務",
        information="情報",
        role="child-allowance",
        mode=Mode.ONLINE,
        link_code="x" * 24,
        expires_at=timestamp(timedelta(minutes=1)),
    )
    return replace(asked.reply(Kind.ANSWER, asked.link_code), **changes)  # type: ignore[arg-type]  # only text fields are changed here


@settings(deadline=None, max_examples=50)
@given(
    items=st.dictionaries(
        st.text("abcあ髙", min_size=1, max_size=5), ITEM.filter(lambda v: v != 2**60), max_size=5
    )
)
def test_what_is_sealed_opens_unchanged(items: dict[str, object]) -> None:
    items = {k: v if isinstance(v, str) else int(str(v)[:12].rstrip("-") or 0) for k, v in items.items()}
    message = Message(header(), {"items": items})
    opened, body = unwrap(seal(message, OWN, PARTNER.public()), OWN.public().signature)
    assert opened == message.header
    assert decrypt(opened, body, PARTNER.encryption, OWN.public().signature) == message.content


@pytest.mark.parametrize("size", [20_000, 70_000, 300_000, 1_500_000])
def test_large_records_travel(size: int) -> None:
    items = {f"項目{n}": "長" * 1500 for n in range(min(190, max(1, size // 4500)))}
    message = Message(header(), {"items": items})
    token = seal(message, OWN, PARTNER.public())
    opened, body = unwrap(token, OWN.public().signature)
    assert len(token) < LONGEST_MESSAGE
    assert decrypt(opened, body, PARTNER.encryption, OWN.public().signature) == message.content


@pytest.mark.parametrize(
    "field", ["message_id", "correlation_id", "kind", "sender", "recipient", "information"]
)
def test_a_content_opens_under_its_own_header_only(field: str) -> None:
    message = Message(header(), {"items": {}})
    opened, body = unwrap(seal(message, OWN, PARTNER.public()), OWN.public().signature)
    other = header(**{field: Kind.NOTICE if field == "kind" else "011002"})
    moved = replace(opened, **{field: getattr(other, field)})
    with pytest.raises(RefusedError, match="SIGNATURE_INVALID"):
        decrypt(moved, body, PARTNER.encryption, OWN.public().signature)


def test_reasons_name_places_and_no_values() -> None:
    message = Message(header(link_code="個人番号123456789018"), {"items": {}})
    with pytest.raises(RefusedError) as refused:
        unwrap(seal(message, OWN, PARTNER.public()), OWN.public().signature)
    assert refused.value.refusal.code == "MALFORMED"
    assert "header/link_code" in refused.value.reason
    assert "123456789018" not in refused.value.reason


@pytest.mark.parametrize("text", ["", "a.b.c", "..", "e30.e30.", "{}", "\x00"])
def test_what_is_no_message_is_refused(text: str) -> None:
    with pytest.raises(RefusedError, match=r"MALFORMED|SIGNATURE_INVALID"):
        unwrap(text, OWN.public().signature)
    with pytest.raises(RefusedError, match="MALFORMED"):
        peek(text if text != "e30.e30." else "x")


def test_a_timestamp_needs_an_offset() -> None:
    assert parse_timestamp("2012-08-01T09:00:00+09:00") == parse_timestamp("2012-08-01T00:00:00Z")
    with pytest.raises(ValueError, match="時差を付けた"):
        parse_timestamp("2012-08-01T09:00:00")
