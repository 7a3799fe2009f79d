"""Messages as somebody would hand them over who wants something else than the network."""

import json
from base64 import urlsafe_b64encode

from harness.contract import json_binding
from harness.contract.keys import bench_keys as keys_of
from harness.contract.messages import Message
from tests.gateway.fake_network import NETWORK, OTHER, PARTNER, enquiry, link_code, sealed


def unsigned(token: str) -> str:
    header, payload, _ = token.split(".")
    return f"{header}.{payload}."


def alg_none(token: str) -> str:
    protected = json.dumps({"alg": "none", "typ": json_binding.MESSAGE_TYPE}).encode()
    return f"{urlsafe_b64encode(protected).decode().rstrip('=')}.{token.split('.')[1]}."


def altered_header(token: str) -> str:
    payload = json_binding.peek(token)
    payload["header"]["link_code"] = link_code("somebody else")
    text = json.dumps(payload, ensure_ascii=False).encode()
    header, _, signature = token.split(".")
    return f"{header}.{urlsafe_b64encode(text).decode().rstrip('=')}.{signature}"


def other_type(message: Message) -> str:
    payload = json_binding.peek(sealed(message))
    return json_binding.sign(payload, keys_of(NETWORK).signature, json_binding.CONTENT_JWS_TYPE)


def without_affair(message: Message) -> str:
    payload = json_binding.peek(sealed(message))
    del payload["header"]["affair"]
    return json_binding.sign(payload, keys_of(NETWORK).signature, json_binding.MESSAGE_TYPE)


def moved_content(message: Message) -> str:
    other = enquiry(message.header.link_code)
    body = json_binding.peek(sealed(other))["body"]
    return json_binding.wrap(message.header, body, keys_of(NETWORK).signature)


def for_somebody_else(message: Message) -> str:
    keys = keys_of(OTHER).public().encryption
    body = json_binding.encrypt(message, keys_of(PARTNER).signature, keys)
    return json_binding.wrap(message.header, body, keys_of(NETWORK).signature)


def nested() -> str:
    text = b'{"a":' + b"[" * 60_000 + b"]" * 60_000 + b"}"
    protected = urlsafe_b64encode(b'{"alg":"ES256"}').decode().rstrip("=")
    return f"{protected}.{urlsafe_b64encode(text).decode().rstrip('=')}.AA"
