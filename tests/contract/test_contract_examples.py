"""The worked examples, followed with primitives of `cryptography` alone: no code of this project between."""

import hashlib
import json
import re
import shutil
import subprocess
from base64 import urlsafe_b64decode
from datetime import datetime
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from harness.contract import json_binding
from harness.contract.keys import bench_keys as keys_of
from harness.contract.publish import CONTRACT
from harness.contract.refusals import RefusedError, refusals
from harness.contract.schemas import problem_with

Json = dict[str, Any]

FOLDER = CONTRACT / "examples"
MESSAGES = ("02-enquiry-received", "03-answer-sent", "04-error-sent")
BOUND = ("message_id", "correlation_id", "kind", "from", "to", "information")
NETWORK, GATEWAY = "000001", "221007"
OUTER, INNER = "renkei-message+jws", "renkei-content+jws"


def load(name: str) -> Json:
    document: Json = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return document


KEYS = load("test-keys")["organisations"]
REFUSED = load("05-refused")


class RefusedHereError(Exception):
    """What a receiver answers."""


def raw(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public_key(jwk: Json) -> ec.EllipticCurvePublicKey:
    x, y = (int.from_bytes(raw(jwk[c]), "big") for c in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def private_key(d: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(raw(d), "big"), ec.SECP256R1())


def open_jws(token: str, jwk: Json, typ: str) -> Any:
    if not re.fullmatch(
        r"[\w-]+\.[\w-]+\.[\w-]{86}", token, re.ASCII
    ):  # 86 digits of base64url hold 64 bytes
        raise RefusedHereError("SIGNATURE_INVALID")
    head, payload, signature = token.split(".")
    protected = json.loads(raw(head))
    if protected != {"alg": "ES256", "kid": jwk["kid"], "typ": typ}:
        raise RefusedHereError("SIGNATURE_INVALID")
    r, s = (int.from_bytes(half, "big") for half in (raw(signature)[:32], raw(signature)[32:]))
    try:
        public_key(jwk).verify(encode_dss_signature(r, s), f"{head}.{payload}".encode(), ec.ECDSA(SHA256()))
    except InvalidSignature as error:
        raise RefusedHereError("SIGNATURE_INVALID") from error
    try:
        return json.loads(raw(payload))
    except ValueError as error:
        raise RefusedHereError("MALFORMED") from error


def agreed_key(
    own: ec.EllipticCurvePrivateKey, other: ec.EllipticCurvePublicKey
) -> tuple[bytes, bytes, bytes]:
    """Z, OtherInfo and the content key of ECDH-ES with A256GCM (RFC 7518 §4.6.2)."""
    secret = own.exchange(ec.ECDH(), other)
    info = b"\x00\x00\x00\x07A256GCM" + b"\x00\x00\x00\x00" * 2 + b"\x00\x00\x01\x00"
    return secret, info, hashlib.sha256(b"\x00\x00\x00\x01" + secret + info).digest()


def open_jwe(token: str, jwk: Json) -> str:
    head, wrapped, iv, ciphertext, tag = token.split(".")
    protected = json.loads(raw(head))
    assert (protected["alg"], protected["enc"], wrapped) == ("ECDH-ES", "A256GCM", "")
    key = agreed_key(private_key(jwk["d"]), public_key(protected["epk"]))[2]
    try:
        return AESGCM(key).decrypt(raw(iv), raw(ciphertext) + raw(tag), head.encode()).decode()
    except InvalidTag as error:
        raise RefusedHereError("DECRYPTION_FAILED") from error


def require(holds: object, code: str) -> None:
    if not holds:
        raise RefusedHereError(code)


def lawful(header: Json) -> bool:
    kinds = {
        c: o["kind"] for c, o in json.loads((CONTRACT / "organisations.json").read_text("utf-8")).items()
    }
    rows = json.loads((CONTRACT / "legal_basis.json").read_text("utf-8")).get(header["basis"]["table"], [])
    parties = (
        (header["from"], header["to"]) if header["kind"] == "照会依頼" else (header["to"], header["from"])
    )
    return any(
        row["item"] == header["basis"]["item"]
        and row["affair"] == header["affair"]
        and kinds[parties[0]] in row["requester_kinds"]
        and kinds[parties[1]] in row["provider_kinds"]
        and header["information"] in row["information"]
        for row in rows
    )


def receive(token: str, received_at: str, accepted_before: list[str]) -> Json:
    """The checks of guide §3 in their order, as the gateway that has asked for nothing."""
    parts = token.split(".")
    require(len(parts) == 3, "MALFORMED")
    try:
        json.loads(raw(parts[1]))
    except ValueError as error:
        raise RefusedHereError("MALFORMED") from error
    message = open_jws(token, KEYS[NETWORK]["signature"], OUTER)
    require(problem_with("message", message) is None, "MALFORMED")
    header: Json = message["header"]
    require(header["to"] == GATEWAY, "NOT_ADDRESSEE")
    expiry, now = (datetime.fromisoformat(t) for t in (header["expires_at"], received_at))
    require(expiry > now, "EXPIRED")
    require(header["message_id"] not in accepted_before, "REPLAYED")
    require(header["from"] in KEYS, "PARTNER_UNKNOWN")
    inner_token = open_jwe(message["body"], KEYS[GATEWAY]["encryption"])
    inner: Json = open_jws(inner_token, KEYS[header["from"]]["signature"], INNER)
    require(all(inner[name] == header[name] for name in BOUND), "SIGNATURE_INVALID")
    require(problem_with("content", inner) is None, "MALFORMED")
    roles = json.loads((CONTRACT / "roles.json").read_text("utf-8"))
    require(header["affair"] in roles.get(header["role"], {"affairs": []})["affairs"], "ROLE_NOT_ALLOWED")
    require(lawful(header), "BASIS_NOT_LAWFUL")
    require(header["kind"] == "照会依頼", "NOT_FOUND")
    return inner


def test_the_test_keys_are_those_of_the_bench_and_no_more_is_private_than_said() -> None:
    assert {code for code, pair in KEYS.items() if "d" in pair["signature"]} == {"221007", "401307"}
    for code, pair in KEYS.items():
        for use, key in (("signature", keys_of(code).signature), ("encryption", keys_of(code).encryption)):
            point = public_key(pair[use]).public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
            assert point == key.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
            if "d" in pair[use]:
                own = private_key(pair[use]["d"]).public_key()
                assert own.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint) == point


def test_the_link_code_request_verifies() -> None:
    example = load("01-link-code-request")
    payload = open_jws(example["token"], KEYS[GATEWAY]["signature"], "renkei-link-code+jws")
    assert problem_with("link-code-request", payload) is None
    assert problem_with("link-code", example["response"]["body"]) is None
    assert example["jws"]["payload_utf8"] == json.dumps(payload, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("name", MESSAGES)
def test_the_signatures_are_over_what_is_shown(name: str) -> None:
    example = load(name)
    header = example["header"]
    carrier = NETWORK if header["to"] == GATEWAY else header["from"]
    outer = open_jws(example["token"], KEYS[carrier]["signature"], OUTER)
    assert outer == {"header": header, "body": example["jwe"]["token"]}
    inner = open_jws(example["inner_jws"]["token"], KEYS[header["from"]]["signature"], INNER)
    assert inner == {**{n: header[n] for n in BOUND}, "content": example["content"]}
    for step in (example["inner_jws"], example["outer_jws"]):
        head, payload, signature = step["token"].split(".")
        assert step["signing_input"] == f"{head}.{payload}"
        assert raw(payload).decode() == step["payload_utf8"]
        assert raw(signature).hex() == step["signature_hex"]
        assert json.loads(raw(head)) == step["protected"]
    assert problem_with("message", outer) is None
    assert problem_with("content", inner) is None


@pytest.mark.parametrize("name", MESSAGES)
def test_the_key_agreement_gives_what_is_shown_from_both_sides(name: str) -> None:
    jwe = load(name)["jwe"]
    recipient = KEYS[load(name)["header"]["to"]]["encryption"]
    assert jwe["protected"]["kid"] == recipient["kid"]
    shown = tuple(bytes.fromhex(jwe[n]) for n in ("z_hex", "other_info_hex", "cek_hex"))
    assert agreed_key(private_key(recipient["d"]), public_key(jwe["protected"]["epk"])) == shown
    assert agreed_key(private_key(jwe["ephemeral_private"]), public_key(recipient)) == shown
    head, wrapped, iv, ciphertext, tag = jwe["token"].split(".")
    assert (head, wrapped, json.loads(raw(head))) == (jwe["aad"], "", jwe["protected"])
    assert (raw(iv).hex(), raw(tag).hex()) == (jwe["iv_hex"], jwe["tag_hex"])
    plain = AESGCM(shown[2]).decrypt(raw(iv), raw(ciphertext) + raw(tag), head.encode())
    assert plain.decode() == jwe["plaintext"] == load(name)["inner_jws"]["token"]


def test_the_answer_gives_the_minimum_of_the_record() -> None:
    example = load("03-answer-sent")
    assert example["content"]["items"].items() < example["record"].items()
    enquiry = load("02-enquiry-received")["header"]
    swapped = {"message_id", "kind", "from", "to", "sent_at"}
    assert {k for k in enquiry if enquiry[k] != example["header"][k]} == swapped


def test_the_enquiry_is_accepted() -> None:
    example = load("02-enquiry-received")
    assert receive(example["token"], example["received_at"], [])["content"] == example["content"]


@pytest.mark.parametrize("case", REFUSED["refused"], ids=lambda case: case["name"])
def test_what_is_to_be_refused_is_refused(case: Json) -> None:
    expected = refusals()[case["expected"]["code"]]
    assert (expected.status, expected.phase) == (case["expected"]["status"], case["expected"]["phase"])
    with pytest.raises(RefusedHereError, match=f"^{expected.code}$"):
        receive(case["token"], REFUSED["received_at"], case["accepted_before"])


def test_each_refusal_of_the_inbox_has_an_example() -> None:
    shown = {case["expected"]["code"] for case in REFUSED["refused"]}
    document = json.loads((CONTRACT / "north.openapi.json").read_text(encoding="utf-8"))
    responses = document["paths"]["/v1/inbox"]["post"]["responses"]
    given = {
        c for s, r in responses.items() if s >= "4" for c in r["content"]["application/json"]["examples"]
    }
    # From the network only, without a network, by the dates of a key, and by what a statement leaves out.
    assert given - shown == {"SUBJECT_UNKNOWN", "UNDELIVERED", "KEY_NOT_VALID", "NOT_DECLARED"}


def read(token: str, carrier: str) -> tuple[Json, Json]:
    """Header and content as the project's own binding reads them."""
    json_binding.peek(token)
    header, body = json_binding.unwrap(token, keys_of(carrier).signature)
    own, sender = keys_of(header.recipient).encryption, keys_of(header.sender).signature
    return header.to_wire(), json_binding.decrypt(header, body, own, sender)


@pytest.mark.parametrize("name", MESSAGES)
def test_the_binding_reads_them(name: str) -> None:
    example = load(name)
    wire = example["header"]
    carrier = NETWORK if wire["to"] == GATEWAY else wire["from"]
    assert read(example["token"], carrier) == (wire, example["content"])


@pytest.mark.parametrize(
    "case",
    [
        c
        for c in REFUSED["refused"]
        if c["expected"]["code"] in {"SIGNATURE_INVALID", "DECRYPTION_FAILED", "MALFORMED"}
    ],
    ids=lambda case: case["name"],
)
def test_the_binding_refuses_them_too(case: Json) -> None:
    with pytest.raises(RefusedError, match=f"^{case['expected']['code']}:"):
        read(case["token"], NETWORK)


NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="node is not on this machine")
def test_another_language_follows_them_and_answers() -> None:
    command = [str(NODE), str(FOLDER / "verify.mjs")]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    header, content = read(run.stdout.strip(), GATEWAY)
    assert content == {"items": {"相当年度": "2011", "総所得額": 812000}}
    assert header["correlation_id"] == load("02-enquiry-received")["header"]["message_id"]
