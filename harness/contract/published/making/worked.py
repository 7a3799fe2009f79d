"""The worked examples: one message on its way, step by step, and the keys to follow it."""

from dataclasses import replace
from typing import Final

from harness.contract.affairs import affairs
from harness.contract.items import informations
from harness.contract.json_binding import sign
from harness.contract.keys import bench_keys, public_jwk
from harness.contract.law import item_of
from harness.contract.published.making.refused import refused
from harness.contract.published.making.sealing import (
    GATEWAY,
    NETWORK,
    PARTNER,
    STRANGER,
    Draft,
    Json,
    jws_steps,
    seal,
)
from harness.contract.refusals import refusals

RECEIVED_AT: Final = "2012-08-01T00:00:00.250Z"
_ENQUIRY_ID: Final = "1f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b01"
_ANSWER_ID: Final = "2f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b02"
_ERROR_ID: Final = "3f1d5c2e-8a47-4b0c-9e55-2f6a1c7d9b03"
_TABLE: Final = "2015-09-09"
_AFFAIR: Final = affairs()["児童扶養手当の支給"]
_INFORMATION: Final = "地方税関係情報"
_LINK_CODE: Final = "SHIZUOKA-link-code-0001"


def examples() -> dict[str, Json]:
    """The worked examples by file name, made anew."""
    enquiry = Draft(_enquiry_header(), {"key": {"相当年度": "2011"}})
    received = {
        "title": "照会依頼を受信する / an enquiry as the network delivers it",
        "received_at": RECEIVED_AT,
    }
    sent = {"title": "照会応答を送信する / the answer to example 02", "record": _record()}
    failed = {"title": "エラーを送信する / the error where no record matches example 02"}
    return {
        "test-keys.json": _keys(),
        "01-link-code-request.json": _link_code_request(),
        "02-enquiry-received.json": {**received, **_worked(enquiry)},
        "03-answer-sent.json": {**sent, **_worked(_answer(enquiry))},
        "04-error-sent.json": {**failed, **_worked(_error(enquiry))},
        "05-refused.json": {
            "title": "拒否すべき電文 / messages to refuse, each with the code given",
            "received_at": RECEIVED_AT,
            "refused": refused(enquiry),
        },
    }


def _enquiry_header() -> Json:
    return {
        "version": "1",
        "message_id": _ENQUIRY_ID,
        "correlation_id": _ENQUIRY_ID,
        "kind": "照会依頼",
        "from": PARTNER,
        "to": GATEWAY,
        "basis": {"table": _TABLE, "item": item_of(_TABLE, _AFFAIR.wordings, _INFORMATION)},
        "affair": _AFFAIR.text,
        "information": _INFORMATION,
        "role": _AFFAIR.role,
        "mode": "オンライン",
        "link_code": _LINK_CODE,
        "sent_at": "2012-08-01T00:00:00.000Z",
        "expires_at": "2012-08-01T00:01:00.000Z",
    }


def _record() -> Json:
    return {"相当年度": "2011", "年税額": 41200, "総所得額": 812000, "本人寡婦区分": "0", "扶養親族数": 1}


def _answer(enquiry: Draft) -> Draft:
    used = informations()[_INFORMATION].used_by(_AFFAIR.text)
    items = {name: value for name, value in _record().items() if name in used}
    swapped = {"from": GATEWAY, "to": PARTNER, "sent_at": "2012-08-01T00:00:00.300Z"}
    header = {**enquiry.header, **swapped, "message_id": _ANSWER_ID, "kind": "照会応答"}
    return Draft(header, {"items": items}, signer=GATEWAY, recipient=PARTNER, carrier=GATEWAY)


def _error(enquiry: Draft) -> Draft:
    answer, refusal = _answer(enquiry), refusals()["RECORD_NOT_FOUND"]
    header = {**answer.header, "message_id": _ERROR_ID, "kind": "エラー"}
    content = {"code": refusal.code, "phase": refusal.phase, "reason": refusal.ja}
    return replace(answer, header=header, content=content)


def _keys() -> Json:
    """Private halves for the gateway under test and for one partner, so that every example can be opened."""

    def pair(code: str) -> Json:
        keys = bench_keys(code)
        jwks = {"signature": keys.signature.dict_value, "encryption": keys.encryption.dict_value}
        return {n: dict(j) if code in (GATEWAY, PARTNER) else public_jwk(j) for n, j in jwks.items()}

    warning = "TEST USE ONLY. These private keys are published; never use them outside of this bench."
    codes = (NETWORK, GATEWAY, PARTNER, STRANGER)
    return {"warning": warning, "organisations": {code: pair(code) for code in codes}}


def _link_code_request() -> Json:
    payload = {
        "organisation": GATEWAY,
        "enrolment_token": "TEST-ONLY-enrolment-0001",
        "issued_at": RECEIVED_AT,
    }
    token = sign(payload, bench_keys(GATEWAY).signature, "renkei-link-code+jws")
    return {
        "title": "リンクコードの発行を求める / the request for a link code",
        "request": {"method": "POST", "path": "/v1/link-codes", "content_type": "application/jose"},
        "jws": jws_steps(token),
        "token": token,
        "response": {"status": 200, "body": {"link_code": _LINK_CODE}},
    }


def _worked(draft: Draft) -> Json:
    """A message with every intermediate value."""
    inner, encrypted, token = seal(draft)
    kids = {
        "inner_signature": bench_keys(draft.signer).signature.kid,
        "encryption": bench_keys(draft.recipient).encryption.kid,
        "outer_signature": bench_keys(draft.carrier).signature.kid,
    }
    request = {"method": "POST", "path": "/v1/inbox", "content_type": "application/jose"}
    plain = {"header": draft.header, "content": draft.content}
    steps = {"inner_jws": jws_steps(inner), "jwe": encrypted, "outer_jws": jws_steps(token)}
    return {"request": request, "kids": kids, **plain, **steps, "token": token}
