"""Checks 1, 2 and 8 to 10 of the inbox: what is spoilt in a token, layer by layer, and what may be read in two ways."""

import base64
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc.jwk import ECKey

from harness.contract.keys import bench_keys
from tests.model.histories import OTHER, OWN, PARTNER
from tests.model.letters import (
    CONTENTS,
    NETWORK,
    Post,
    closed,
    encoded,
    signed,
)

STRANGER = ECKey.generate_key("P-256", {"kid": "nobody"}, auto_kid=False)
TYPE = "renkei-message+jws"
Spoil = Callable[[Post, dict[str, Any]], str]


def stranger_as(code: str) -> ECKey:
    kid = str(bench_keys(code).signature.kid)
    return ECKey.import_key({**STRANGER.as_dict(private=True), "kid": kid})


def token(post: Post, header: dict[str, Any], **other: Any) -> str:
    return post.outer(header, closed(post.inner(header)), **other)


def der(text: str) -> str:
    """The last part in DER form, as long as it gets."""
    head, _, last = text.rpartition(".")
    raw = base64.urlsafe_b64decode(last + "==")
    return f"{head}.{encoded(bytes((0x30, 70, 2, 33, 0)) + raw[:32] + bytes((2, 33, 0)) + raw[32:])}"


def hs256(text: str) -> str:
    head = encoded(
        json.dumps({"alg": "HS256", "kid": bench_keys(NETWORK).signature.kid, "typ": TYPE}).encode()
    )
    payload = text.split(".")[1]
    return f"{head}.{payload}.{encoded(hmac.digest(b'secret', f'{head}.{payload}'.encode(), 'sha256'))}"


def changed(text: str) -> str:
    head, payload, last = text.split(".")
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return f"{head}.{encoded(raw.replace(b'child-allowance', b'resident-taxes_'))}.{last}"


OUTER: dict[str, tuple[Spoil, str, str]] = {
    "empty": (lambda p, h: token(p, h).rpartition(".")[0] + ".", "署名がない", "signature"),
    "none": (lambda p, h: token(p, h, protected={"alg": "none"}), "alg が none", "signature"),
    "hs256": (lambda p, h: hs256(token(p, h)), "alg が違う", "algorithm"),
    "padded": (lambda p, h: token(p, h) + "==", "詰め文字がある", "signature"),
    "crit": (lambda p, h: token(p, h, protected={"crit": ["exp"], "exp": 1}), "crit がある", "signature"),
    "no alg": (lambda p, h: token(p, h, protected={"alg": None}), "protected header の項目がない", "signature"),
    "no kid": (lambda p, h: token(p, h, protected={"kid": None}), "protected header の項目がない", "signature"),
    "sender": (lambda p, h: token(p, h, key=bench_keys(PARTNER).signature), "送信元の署名", "signature"),
    "der": (lambda p, h: der(token(p, h)), "r‖s の64バイトでない", "signature"),
    "changed": (lambda p, h: changed(token(p, h)), "検証できない", "signature"),
    "stranger": (lambda p, h: token(p, h, key=stranger_as(NETWORK)), "検証できない", "signature"),
    "jwk": (lambda p, h: token(p, h, key=stranger_as(NETWORK), protected={"jwk": STRANGER.as_dict(private=False)}),
            "鍵をヘッダーで渡す", "embedded-key"),
    "typ": (lambda p, h: token(p, h, protected={"typ": "renkei-link-code+jws"}), "typ が違う", "type"),
    "kid": (lambda p, h: token(p, h, protected={"kid": "other"}), "kid が違う", "kid"),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTER)
@pytest.mark.parametrize("kind", ["照会依頼", "照会応答"])
def test_an_outer_signature_that_does_not_hold(name: str, kind: str) -> None:
    spoil, variant, rule = OUTER[name]
    rule = f"inbox-outer-{rule}" if kind == "照会依頼" else "inbox-outer-answer"
    no_jws = name in {"crit", "no alg"}
    for answer, broken in (("SIGNATURE_INVALID", False), ("202", True), ("MALFORMED", not no_jws)):
        post = Post()
        header = post.header(kind)
        post.post(header, spoil(post, header), post.inner(header), answer)
        assert post.broken() == [rule] * broken
    assert post.occasions() >= {(rule, f"{kind}・{variant}")}


@pytest.mark.parametrize(("text", "variant"), [
    ("照会依頼", "3部分でない"),
    ("{}.{}", "3部分でない"),
    ("a.b.c.d.e", "3部分でない"),
    ("e30.e30x.e30", "payload が JSON でない"),
    ("e30.bnVsbA.e30", "payload がオブジェクトでない"),
    ("e30.W10.", "payload がオブジェクトでない"),
    ("e30..e30", "payload が JSON でない"),
    ("e30." + "A" * 4_000_000 + ".e30", "4,000,000 バイトを超える"),
])  # fmt: skip
def test_what_is_no_compact_jws_of_an_object_is_malformed(text: str, variant: str) -> None:
    for answer, broken in (("MALFORMED", False), ("SIGNATURE_INVALID", True), ("202", True)):
        post = Post()
        post.post(post.header(), text, answer=answer)
        assert post.broken() == ["inbox-form"] * broken
        assert post.occasions() >= {("inbox-form", f"照会依頼・{variant}")} or not broken


def test_the_limit_of_four_million_bytes_is_one_byte_wide() -> None:
    """At the limit the signature decides, one byte above it the size does."""
    post = Post()
    head = f"{encoded(json.dumps({'alg': 'ES256'}).encode())}.{encoded(b'{}    ')}."
    assert len(head) % 4 == 0
    at_limit = head + "A" * (4_000_000 - len(head))
    post.post(post.header(), at_limit, answer="SIGNATURE_INVALID")
    post.post(post.header(), at_limit + "AAAA", answer="MALFORMED")
    assert post.broken() == []
    post.post(post.header(), at_limit, answer="MALFORMED")
    post.post(post.header(), at_limit + "AAAA", answer="SIGNATURE_INVALID")
    assert post.broken() == ["inbox-outer-signature", "inbox-form"]


@pytest.mark.parametrize(("spoil", "answers"), [
    (lambda p, h: token(p, h) + "!", {"MALFORMED", "SIGNATURE_INVALID"}),
    (lambda p, h: "*" + token(p, h), {"MALFORMED", "SIGNATURE_INVALID"}),
    (lambda p, h: "e3" + token(p, h), {"MALFORMED", "SIGNATURE_INVALID"}),
    (lambda p, h: token(p, h, protected={"cty": "json"}), {"MALFORMED", "SIGNATURE_INVALID", "202"}),
    (lambda p, h: token(p, h, protected={"typ": "application/Renkei-Message+jws"}), {"MALFORMED", "SIGNATURE_INVALID", "202"}),
    (lambda p, h: token(p, {**h, "sent_at": "2012-02-30T00:00:00Z"}), {"MALFORMED", "202"}),
    (lambda p, h: token(p, {**h, "sent_at": "2012-06-30T23:59:60Z"}), {"MALFORMED", "202"}),
    (lambda p, h: token(p, {**h, "expires_at": "2099-02-30T00:00:00Z"}), {"MALFORMED", "EXPIRED", "202"}),
    (lambda p, h: token(p, {**h, "priority": "high"}), {"MALFORMED"}),
])  # fmt: skip
def test_what_can_be_read_in_two_ways_may_be_answered_in_either(spoil: Spoil, answers: set[str]) -> None:
    for answer in ("202", "MALFORMED", "SIGNATURE_INVALID", "EXPIRED", "NOT_ADDRESSEE"):
        post = Post()
        header = post.header()
        post.post(header, spoil(post, header), post.inner(header), answer)
        assert (post.broken() == []) is (answer in answers), answer


def test_json_that_names_a_member_twice_is_free() -> None:
    for raw in (b'{"body":"","body":""}', b'{"body":"\\ud800"}', b"\xef\xbb\xbf{}", b"[" * 90 + b"]" * 90):
        post = Post()
        for answer in ("202", "MALFORMED", "SIGNATURE_INVALID"):
            post.post(post.header(), signed(raw, bench_keys(NETWORK).signature, TYPE), answer=answer)
        assert (post.broken(), post.occasions() - {("inbox-receipt", "照会依頼")}) == ([], set())


INNER: dict[str, tuple[dict[str, Any], str]] = {
    "none": ({"protected": {"alg": "none"}}, "alg が none"),
    "stranger": ({"key": stranger_as(PARTNER)}, "検証できない"),
    "other organisation": ({"key": bench_keys(OTHER).signature}, "kid が違う"),
    "network": ({"key": bench_keys(NETWORK).signature}, "kid が違う"),
    "typ": ({"protected": {"typ": TYPE}}, "typ が違う"),
    "crit": ({"protected": {"crit": ["exp"]}}, "crit がある"),
    **{name: ({name if name != "from" else "from": value}, f"{name} が違う") for name, value in {
        "message_id": "3f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b01",
        "correlation_id": "3f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b01",
        "kind": "受領",
        "from": OTHER,
        "to": OTHER,
        "information": "住民票関係情報",
    }.items()},
}  # fmt: skip


@pytest.mark.parametrize("name", INNER)
@pytest.mark.parametrize(("kind", "rule"), [
    ("照会依頼", "inbox-content-signature"),
    ("照会応答", "inbox-content-signature-answer"),
    ("連絡", "inbox-content-signature-notice"),
])  # fmt: skip
def test_a_content_that_its_sender_did_not_sign_for_this_message(name: str, kind: str, rule: str) -> None:
    spoilt, variant = INNER[name]
    rule = "inbox-content-unsigned" if (kind, name) == ("照会依頼", "none") else rule
    for answer, broken in (("SIGNATURE_INVALID", False), ("202", True), ("MALFORMED", name != "crit")):
        post = Post()
        header = post.header(kind)
        inner = post.inner(header, content=CONTENTS[kind], **spoilt)
        post.post(header, post.outer(header, closed(inner)), inner, answer)
        assert post.broken() == [rule] * broken
    assert post.occasions() >= {(rule, f"{kind}・{variant}")}


@pytest.mark.parametrize("field", [None, 1])
def test_a_content_without_a_bound_field_or_with_a_number_for_it(field: object) -> None:
    permitted = {"SIGNATURE_INVALID", "MALFORMED"} if field is None else {"SIGNATURE_INVALID"}
    for answer in ("202", "SIGNATURE_INVALID", "MALFORMED"):
        post = Post()
        header = post.header()
        inner = post.inner(header, to=field)
        post.post(header, post.outer(header, closed(inner)), inner, answer)
        assert (post.broken() == []) is (answer in permitted)


@pytest.mark.parametrize(("kind", "content", "place"), [
    ("照会依頼", {}, "content/key"),
    ("照会依頼", {"key": {"年度": 2012}}, "content/key の値"),
    ("照会依頼", {"key": {}, "items": {}}, "余分な項目"),
    ("照会応答", {"items": {"額": 9007199254740992}}, "content/items の値"),
    ("照会応答", {"items": {"額": [1]}}, "content/items の値"),
    ("照会応答", {"items": {}, "reasons": {"額": "秘密"}}, "content/reasons の値"),
    ("連絡", {"key": {}}, "余分な項目"),
    ("受領", {"items": {}}, "余分な項目"),
    ("エラー", {"code": "x", "phase": "連携確認", "reason": "ない"}, "content/code"),
    ("エラー", {"code": "NOT_FOUND", "reason": "ない"}, "content/phase"),
])  # fmt: skip
def test_a_content_that_does_not_meet_its_schema(kind: str, content: object, place: str) -> None:
    for answer, broken in (("MALFORMED", False), ("202", True), ("BASIS_NOT_LAWFUL", True)):
        post = Post()
        header = post.header(kind)
        inner = post.inner(header, content=content)
        post.post(header, post.outer(header, closed(inner)), inner, answer)
        assert post.broken() == ["inbox-content"] * broken
    assert post.occasions() >= {("inbox-content", f"{kind}・{place}")}


def test_whether_a_float_without_fraction_is_an_integer_is_free() -> None:
    for answer in ("202", "MALFORMED"):
        post = Post()
        header = post.header("連絡")
        inner = post.inner(header, content={"items": {"額": 812000.0}})
        post.post(header, post.outer(header, closed(inner)), inner, answer)
        assert post.broken() == []


@pytest.mark.parametrize(("body", "opens", "rule"), [
    (lambda inner: closed(inner, recipient=OTHER), False, "inbox-decryption"),
    (lambda inner: closed(inner)[:-22] + "A" * 22, False, "inbox-decryption"),
    (lambda inner: closed(inner, {"enc": "A128CBC-HS256"}), True, "inbox-cipher"),
])  # fmt: skip
def test_a_body_that_does_not_decrypt_as_agreed(body: Callable[[str], str], opens: bool, rule: str) -> None:
    for answer, broken in (("DECRYPTION_FAILED", False), ("202", True), ("SIGNATURE_INVALID", True)):
        post = Post()
        header = post.header()
        inner = post.inner(header)
        post.post(header, post.outer(header, body(inner)), inner if opens else None, answer)
        assert post.broken() == [rule] * broken


@pytest.mark.parametrize("protected", [{"kid": "other"}, {"cty": "JOSE"}, {"zip": "DEF"}])
def test_members_of_the_jwe_header_may_be_overlooked(protected: dict[str, str]) -> None:
    for answer in ("202", "DECRYPTION_FAILED", "MALFORMED"):
        post = Post()
        header = post.header()
        inner = post.inner(header)
        post.post(header, post.outer(header, closed(inner, protected)), inner, answer)
        assert (post.broken() == []) is (answer != "MALFORMED")


def test_a_body_without_the_key_to_open_it_does_not_decrypt() -> None:
    for answer, broken in (("DECRYPTION_FAILED", False), ("202", True)):
        post = Post()
        header = post.header()
        inner = post.inner(header)
        head = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": bench_keys(OWN).encryption.kid}
        body = f"{encoded(json.dumps(head).encode())}.{closed(inner).partition('.')[2]}"
        post.post(header, post.outer(header, body), inner, answer)
        assert post.broken() == ["inbox-cipher"] * broken


def test_what_a_gateway_encrypted_to_itself_only_it_can_open() -> None:
    post = Post()
    for answer in ("202", "DECRYPTION_FAILED", "MALFORMED"):
        header = {**post.header(), "from": OWN}
        post.post(header, token(post, header), None, answer)
    assert post.broken() == []
