"""The shapes of the control API's requests. Whatever does not meet one is refused in one sentence."""

from collections.abc import Iterable, Mapping
from functools import cache
from math import isfinite
from types import MappingProxyType
from typing import Any, Final

from jsonschema_rs import Draft202012Validator

from harness.contract.framing import Framing
from harness.contract.items import informations
from harness.contract.messages import Kind, Mode
from harness.contract.organisations import network_organisation, organisations
from harness.contract.refusals import RefusedError
from harness.contract.schemas import problem_by
from harness.contract.sides import Side
from mocks.network.alterations.recipes import BODY_OPERATIONS, LAYERS, OPERATIONS, THIN, TOKEN_OPERATIONS
from mocks.organisations.registers import BEHAVIOURS

LONGEST_WAIT = 30.0  # seconds
MOST_AT_ONCE = 2000  # exchanges of one collection: about 6 MB of JSON
_EXCHANGE_FILTERS: Final = ("person", "correlation_id", "message_id", "kind", "from", "to", "direction")
_PROVISION_FILTERS: Final = ("person", "correlation_id", "message_id")

_TEXT: Final = {"type": "string", "minLength": 1, "maxLength": 400}
_OPTIONAL_TEXT: Final = {"type": ["string", "null"], "maxLength": 400}
_CODE: Final = {"type": "string", "pattern": "^[0-9]{6}$"}
_COORDINATE: Final = {"type": "string", "pattern": "^[A-Za-z0-9_-]{43}$"}
_KEY: Final = {"type": "object", "additionalProperties": {"type": "string", "maxLength": 100}}
_NAMES: Final = {"type": "array", "items": {"type": "string", "maxLength": 100}, "maxItems": 100}
_SIDE: Final = {"enum": ["", *Side]}
_ITEMS: Final = {"type": "object", "additionalProperties": {"type": ["string", "integer", "null"]}}


def _shape(required: Mapping[str, object], **optional: object) -> dict[str, object]:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def _jwk() -> dict[str, object]:
    members = {"kty": {"const": "EC"}, "crv": {"const": "P-256"}, "x": _COORDINATE, "y": _COORDINATE}
    kid = {"type": "string", "minLength": 1, "maxLength": 100}
    return _shape({**members, "kid": kid}, use={}, alg={})


_SUBJECT: Final = {"organisation": _CODE, "person": _TEXT, "information": _TEXT}
_ASKING: Final = {
    "as": _CODE,
    "person": _TEXT,
    "basis": _shape({"table": _TEXT, "item": _TEXT}),
    "affair": _TEXT,
    "information": _TEXT,
    "role": _TEXT,
}


def _steps(operations: Iterable[str]) -> dict[str, object]:
    step = _shape({"op": {"enum": list(operations)}}, value={"type": "string"})
    return {"type": "array", "items": step}


_RECIPE: Final = _shape(
    {},
    message={"type": "object"},
    changes={
        "type": "array",
        "items": _shape(
            {"layer": {"enum": list(LAYERS)}, "op": {"enum": list(OPERATIONS)}},
            path={"type": "array", "items": {"type": "string"}},
            value={},
        ),
    },
    signer=_TEXT,
    content_signer=_TEXT,
    encrypted_to=_CODE,
    token=_steps(TOKEN_OPERATIONS),
    signed=_steps(TOKEN_OPERATIONS),
    body=_steps(BODY_OPERATIONS),
    size={"type": "integer", "minimum": 0, "maximum": 4_000_100},
    thin={"enum": list(THIN)},
)
SHAPES: Final = MappingProxyType[str, dict[str, object]](
    {
        "reset": _shape({}),
        "journal-end": _shape({}),
        "collection": _shape(
            {
                "after": {"type": "integer", "minimum": 0},
                "limit": {"type": "integer", "minimum": 1, "maximum": MOST_AT_ONCE},
            }
        ),
        "gateway": _shape(
            {"code": _CODE, "north_url": _TEXT, "keys": _shape({"signature": _jwk(), "encryption": _jwk()})},
            side=_SIDE,
        ),
        "people": _shape({"person": _TEXT}),
        "records": _shape({**_SUBJECT, "key": _KEY, "items": _ITEMS}),
        "behaviours": _shape(
            {**_SUBJECT, "behaviour": {"enum": list(BEHAVIOURS)}},
            alteration=_OPTIONAL_TEXT,
            delay_seconds={"type": "number", "minimum": 0, "maximum": 60},
        ),
        "disturbances": _shape(
            {"person": _TEXT},
            unavailable={"type": "integer", "minimum": 0, "maximum": 1_000_000},
            refusal=_OPTIONAL_TEXT,
            slow_seconds={"type": "number", "minimum": 0, "maximum": 60},
            answers=_NAMES,
            codes=_NAMES,
        ),
        "directory": _shape(
            {},
            answer=_OPTIONAL_TEXT,
            without={"type": "array", "items": _CODE},
            tables=_NAMES,
            network_keys={"type": "boolean"},
            validity={
                "type": "object",
                "additionalProperties": _shape(
                    {}, valid_from=_TEXT, valid_until=_TEXT, revoked={"type": "boolean"}
                ),
            },
        ),
        "notices": _shape(
            {**_ASKING, "items": _ITEMS},
            kind={"enum": [Kind.NOTICE, Kind.RECEIPT, Kind.ANSWER, Kind.ERROR]},
            correlation_id=_OPTIONAL_TEXT,
            alteration=_OPTIONAL_TEXT,
            expires_in_seconds={"type": ["number", "null"], "minimum": -86_400, "maximum": 86_400},
            mode={"enum": [*Mode, None]},
            recipe=_RECIPE,
            side=_SIDE,
            framing={"enum": [*Framing]},
        ),
        "enquiries": _shape(
            _ASKING,
            key={**_KEY, "type": ["object", "null"]},
            mode={"enum": [*Mode, None]},
            expires_in_seconds={"type": ["number", "null"], "minimum": -86_400, "maximum": 86_400},
            alteration=_OPTIONAL_TEXT,
            replay_of=_OPTIONAL_TEXT,
            to={**_CODE, "type": ["string", "null"]},
            correlation_id=_OPTIONAL_TEXT,
            recipe=_RECIPE,
            side=_SIDE,
            framing={"enum": [*Framing]},
        ),
    }
)


def must_meet_shape(name: str, body: Any) -> dict[str, object]:
    """The body. Raises RefusedError INVALID_REQUEST, naming the place."""
    if problem := problem_by(_validator(name), body):
        raise RefusedError("INVALID_REQUEST", problem)
    checked: dict[str, object] = body
    return checked


def known_organisation(code: str) -> str:
    """The code. Raises RefusedError INVALID_REQUEST for the network too: it is no party."""
    if code not in organisations() or code == network_organisation().code:
        raise RefusedError("INVALID_REQUEST", f"{code}: 検証環境にない団体")
    return code


def known_information(name: str) -> str:
    """The name. Raises RefusedError INVALID_REQUEST naming the ones there are."""
    if name not in informations():
        raise RefusedError("INVALID_REQUEST", f"information {name}: ある情報は {'、'.join(informations())}")
    return name


def read_exchange_query(query: dict[str, str]) -> tuple[dict[str, str], int, float]:
    """Filters, how many, how many seconds. Raises RefusedError INVALID_REQUEST."""
    filters = {k: v for k, v in query.items() if k not in {"at_least", "timeout"}}
    try:
        at_least, seconds = int(query.get("at_least", 0)), float(query.get("timeout", 0.0))
    except ValueError as error:
        raise RefusedError("INVALID_REQUEST", "at_least 又は timeout が数ではない") from error
    if not isfinite(seconds) or seconds < 0 or at_least < 0:
        raise RefusedError("INVALID_REQUEST", "at_least と timeout は 0 以上")
    return _known(filters, _EXCHANGE_FILTERS), at_least, min(seconds, LONGEST_WAIT)


def read_provision_query(query: dict[str, str]) -> dict[str, str]:
    """Filters. Raises RefusedError INVALID_REQUEST."""
    return _known(query, _PROVISION_FILTERS)


def _known(filters: dict[str, str], names: tuple[str, ...]) -> dict[str, str]:
    for name in filters:
        if name not in names:
            raise RefusedError("INVALID_REQUEST", f"絞り込み {name}: あるのは {'、'.join(names)}")
    return filters


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(SHAPES[name])
