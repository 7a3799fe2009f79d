"""Every place of a message and around it in which somebody can be told, and the places where they belong."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from joserfc import jwe, jws

from harness.contract import json_binding
from harness.contract.affairs import affairs
from harness.contract.keys import bench_keys as keys_of
from harness.contract.law import Basis, item_of, versions
from harness.contract.law.regimes import newest
from harness.contract.messages import Header, Kind, Message, new_id, timestamp
from harness.model.judge import looked_through
from tests.model.records import OWN, PARTNER

MY_NUMBER, LOCAL_ID, NAME = "123456789018", "0987654321", "髙橋　良子"
ADDRESS = "静岡県静岡市葵区追手町5番1号"
PEOPLE = {"p": {"個人番号": MY_NUMBER, "識別番号": LOCAL_ID, "氏名": NAME, "住所": ADDRESS}}
STRANGER = {"q": {"識別番号": "0123454321"}}
AFFAIR = affairs()["児童扶養手当の支給"].text
SCENARIO = "00_機能/x.feature:3"


def message(kind: Kind = Kind.ANSWER, content: dict[str, Any] | None = None, **other: Any) -> Message:
    """Of the gateway to 福岡市."""
    header = Header.opening(
        kind,
        sender=OWN,
        recipient=PARTNER,
        basis=Basis(newest(versions()), item_of(newest(versions()), (AFFAIR,))),
        affair=AFFAIR,
        information="地方税関係情報",
        role="child-allowance",
        mode="オンライン",
        link_code="A" * 24,
        expires_at=timestamp(),
    )
    return Message(replace(header, **other), content or {"items": {"総所得額": 1}})


def sealed(one: Message) -> str:
    """As a clean gateway seals it."""
    return json_binding.seal(one, keys_of(OWN), keys_of(PARTNER).public())


def signed(payload: Any, typ: str = json_binding.MESSAGE_TYPE, **protected: Any) -> str:
    """A compact JWS of the gateway with more in its protected header."""
    key = keys_of(OWN).signature
    members = {"alg": "ES256", "kid": key.kid, "typ": typ, **protected}
    registry = jws.JWSRegistry(algorithms=["ES256"], strict_check_header=False)
    return jws.serialize_compact(members, json.dumps(payload).encode(), key, registry=registry)


def with_body(one: Message, inner: str, **protected: Any) -> str:
    """A message around an inner JWS, with more in the protected header of the JWE."""
    key = keys_of(PARTNER).encryption
    members = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": key.kid, **protected}
    registry = jwe.JWERegistry(algorithms=["ECDH-ES", "A256GCM"], strict_check_header=False)
    body = jwe.encrypt_compact(members, inner.encode(), key, registry=registry)
    return signed({"header": one.header.to_wire(), "body": body})


def inner_of(one: Message, **more: Any) -> dict[str, Any]:
    """The payload of the inner JWS."""
    return {**json_binding.bound(one.header), "content": one.content, **more}


def with_iv(one: Message, iv: bytes) -> str:
    """A message whose body has this IV; it can be decrypted no more, and need not be."""
    payload = json_binding.peek(sealed(one))
    parts = payload["body"].split(".")
    parts[2] = base64.urlsafe_b64encode(iv).decode().rstrip("=")
    return signed({**payload, "body": ".".join(parts)})


def record(token: str, kind: str = "照会応答", heard: dict[str, Any] | None = None) -> list[Any]:
    """A run in which the gateway sent this."""
    asked = {
        "declares": {"roles": ["照会側", "応答側"]},
        "options": {"requirements": []},
        "organisation": OWN,
    }
    header = {"kind": kind, "message_id": new_id(), "correlation_id": "c", "from": OWN, "to": PARTNER}
    sent = {
        "direction": "from_gateway",
        "seq": 1,
        "token": token,
        "header": header,
        "person": "p",
        "status": 202,
    }
    about = {
        "direction": "from_gateway",
        "asked": "POST /v1/inbox",
        "status": 202,
        **header,
        "wire": "",
        "body": None,
    }
    return [
        {"type": "run", "at": timestamp(), **asked},
        {"type": "people", "scenario": SCENARIO, "people": PEOPLE},
        {"type": "people", "scenario": "00_機能/y.feature:3", "people": STRANGER},
        {"type": "exchange", "face": "north", **sent},
        {"type": "heard", "at": timestamp(), **about, **(heard or {})},
        {"type": "check", "scenario": SCENARIO, "persons": ["p"], "correlation_ids": []},
    ]


def convicted(entries: list[Any]) -> list[str]:
    """Which requirements."""
    found = looked_through(entries)
    for violation in found:
        assert violation.code == "LEAK"
        assert not {MY_NUMBER, LOCAL_ID, NAME, ADDRESS} & set(violation.observed.split())
    return [violation.requirement for violation in found]


CLEAN = message()
REFUSED = {"code": "RECORD_NOT_FOUND", "phase": "連携情報保管", "reason": f"該当なし {NAME}"}
LEAKING: dict[str, Callable[[], str]] = {
    "an item's value": lambda: sealed(message(content={"items": {"備考": f"番号 {LOCAL_ID}"}})),
    "an item's name": lambda: sealed(message(content={"items": {MY_NUMBER: 1}})),
    "an item as a number": lambda: sealed(message(content={"items": {"番号": int(MY_NUMBER)}})),
    "the reason of an error": lambda: sealed(message(Kind.ERROR, REFUSED)),
    "the message id": lambda: sealed(message(message_id=f"00000000-0000-4000-8000-00{LOCAL_ID}")),
    "the information": lambda: sealed(message(information=NAME)),
    "the outer protected header": lambda: signed(json_binding.peek(sealed(CLEAN)), note=LOCAL_ID),
    "the kid": lambda: signed(json_binding.peek(sealed(CLEAN)), kid=f"key-{LOCAL_ID}"),
    "a member beside header and body": lambda: signed(
        {**json_binding.peek(sealed(CLEAN)), "note": MY_NUMBER}
    ),
    "the protected header of the body": lambda: with_body(CLEAN, sealed(CLEAN), cty=f"n/{LOCAL_ID}"),
    "apu of the body": lambda: with_body(
        CLEAN, sealed(CLEAN), apu=base64.urlsafe_b64encode(NAME.encode()).decode()
    ),
    "the IV of the body": lambda: with_iv(CLEAN, MY_NUMBER.encode()),
    "the inner protected header": lambda: with_body(
        CLEAN, signed(inner_of(CLEAN), json_binding.CONTENT_JWS_TYPE, note=NAME)
    ),
    "a member of the inner payload": lambda: with_body(
        CLEAN, signed(inner_of(CLEAN, note=ADDRESS), json_binding.CONTENT_JWS_TYPE)
    ),
    "what is no message": lambda: f"{LOCAL_ID}",
}


@pytest.mark.parametrize("place", LEAKING)
def test_nobody_is_told_in_any_place_of_a_message(place: str) -> None:
    assert convicted(record(LEAKING[place]())) == ["ID-03"]


def nested(levels: int, inner: object) -> object:
    """A value within so many others."""
    for _ in range(levels):
        inner = {"n": inner}
    return inner


@pytest.mark.parametrize("levels", [70, 390, 410, 600, 900])
def test_nobody_is_told_however_deep(levels: int) -> None:
    deep = nested(levels, LOCAL_ID)
    for token in (
        signed({**json_binding.peek(sealed(CLEAN)), "note": deep}),
        with_body(CLEAN, sealed(CLEAN), x=deep),
    ):
        assert convicted(record(token)) == ["ID-03"]


def test_an_enquiry_is_of_the_asking_side() -> None:
    enquiry = message(Kind.ENQUIRY, {"key": {"相当年度": LOCAL_ID}})
    assert convicted(record(sealed(enquiry), "照会依頼")) == ["ID-06"]


@pytest.mark.parametrize(
    "content",
    [
        {"items": {"氏名": NAME, "住所": ADDRESS, "生年月日": "1985-04-01", "総所得額": 2299999}},
        {
            "items": {"記号番号": STRANGER["q"]["識別番号"]}
        },  # a number of its own that is somebody else's by chance
        {"items": {}},
    ],
)
def test_what_was_asked_for_may_be_given(content: dict[str, Any]) -> None:
    assert convicted(record(sealed(message(content=content)))) == []


@pytest.mark.parametrize(
    ("heard", "requirement"),
    [
        ({"wire": f"POST /v1/inbox HTTP/1.1\r\nX-Subject: {LOCAL_ID}\r\n\r\n"}, "ID-03"),
        ({"wire": f"GET /v1/directory?for={LOCAL_ID} HTTP/1.1\r\n\r\n", "kind": None}, "ID-03"),
        (
            {
                "wire": f"POST /v1/inbox HTTP/1.1\r\n\r\n\r\n5;note={MY_NUMBER}\r\n\r\n0\r\n",
                "kind": "照会依頼",
            },
            "ID-06",
        ),
        ({"wire": "", "body": f"no message, {LOCAL_ID}", "kind": None}, "ID-03"),
        (
            {"wire": f"HTTP/1.1 202 {LOCAL_ID}\r\n\r\n", "direction": "to_gateway", "kind": "照会依頼"},
            "ID-03",
        ),
        ({"wire": NAME.encode().decode("latin-1"), "direction": "to_gateway", "kind": "照会応答"}, "ID-06"),
    ],
)
def test_nobody_is_told_around_a_message(heard: dict[str, Any], requirement: str) -> None:
    assert convicted(record(sealed(CLEAN), heard=heard)) == [requirement]


SECRETS = {
    "a number that nobody registered": "9876543210",
    "what staff said": "DV等支援措置の対象の方であるため",
    "a token": "business-token-of-the-gateway",
    "a session of the portal": "session-1f8a0c5d",
}
HIDDEN = {"an item that is not provided": "非公開の事情の記載", "a number that is not": "98765432"}


def with_secrets(token: str, **heard: Any) -> list[Any]:
    """The same run, in which the bench handed over what must stay inside."""
    about = {"type": "exchange", "face": "south", "scenario": SCENARIO, "at": timestamp()}
    record_ = {
        "information": "地方税関係情報",
        "key": {},
        "items": dict(zip("ab", HIDDEN.values(), strict=True)),
    }
    calls = [
        ("POST", "/v1/enquiries", {"local_id": SECRETS["a number that nobody registered"]}, {}),
        ("POST", "/v1/pending/c/refusal", {"reason": SECRETS["what staff said"]}, {}),
        ("POST", "/v1/portal-sessions", {}, {"session": SECRETS["a session of the portal"]}),
        ("PUT", "/v1/records", {"local_id": "1", **record_}, {}),
    ]
    south = [
        {**about, "method": method, "path": path, "request": body, "response": answer}
        for method, path, body, answer in calls
    ]
    secrets = {"type": "secrets", "tokens": [SECRETS["a token"]]}
    return [*record(token, heard=heard), secrets, *south]


@pytest.mark.parametrize("what", [*SECRETS, *HIDDEN])
def test_what_must_stay_inside_is_in_no_place(what: str) -> None:
    text = (SECRETS | HIDDEN)[what]
    error = message(
        Kind.ERROR, {"code": "REFUSED_BY_STAFF", "phase": "連携確認", "reason": f"拒否（{text}）"}
    )
    assert convicted(with_secrets(sealed(error))) == ["ID-03"]
    wire = f"POST /v1/inbox HTTP/1.1\r\nX-Note: {text}\r\n\r\n".encode().decode("latin-1")
    assert convicted(with_secrets(sealed(CLEAN), wire=wire)) == ["ID-03"]
    value = message(content={"items": {"備考": f"({text})"}})
    among_values = (
        what in SECRETS and what != "a number that nobody registered"
    )  # values have numbers of their own
    assert convicted(with_secrets(sealed(value))) == (["ID-03"] if among_values else [])
    assert convicted(with_secrets(sealed(CLEAN))) == []


@pytest.mark.parametrize("drawn", ["null", "1e3", "ー―−－〜～", "ああああああああ", "x"])
def test_what_may_be_met_by_chance_is_nobodys_name_and_nobodys_words(drawn: str) -> None:
    """Texts drawn from the edges of a schema: so short, or so much of the same, that anybody may say them."""
    about = {"type": "exchange", "face": "south", "scenario": SCENARIO, "at": timestamp(), "response": {}}
    south = [
        {**about, "method": "PUT", "path": "/v1/subjects/1", "request": {"name": drawn, "address": drawn}},
        {**about, "method": "POST", "path": "/v1/pending/c/refusal", "request": {"reason": drawn}},
    ]
    error = message(
        Kind.ERROR, {"code": "REFUSED_BY_STAFF", "phase": "連携確認", "reason": f"拒否 {drawn} 拒否"}
    )
    assert convicted([*record(sealed(error)), *south]) == []


def test_words_of_staff_that_are_a_value_by_chance_are_no_secret() -> None:
    words = SECRETS["what staff said"]
    given = {"type": "exchange", "face": "south", "scenario": SCENARIO, "at": timestamp(), "response": {}}
    put = {"local_id": "1", "information": "地方税関係情報", "key": {}, "items": {"備考": words}}
    told = {**given, "method": "PUT", "path": "/v1/records", "request": put}
    value = message(content={"items": {"備考": words}})
    assert convicted([*with_secrets(sealed(value)), told]) == []


def test_what_was_not_asked_is_not_judged() -> None:
    entries = record(LEAKING["the kid"]())
    entries[0]["options"] = {"requirements": ["NET-03"]}
    assert convicted(entries) == []
