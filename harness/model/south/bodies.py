"""Row 3 of the refusals: what is no JSON, does not meet its schema, or names a resident in another form."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from harness.contract.items import informations
from harness.contract.schemas import Deviation, deviations
from harness.contract.strict_json import UnreadableJsonError, read_json
from harness.model.history.exchanges import Call
from harness.model.likeness import has_fraction
from harness.model.south.faults import Fault, decided, none_now, open_
from harness.model.south.file_sets import set_fault
from harness.model.south.requests import Asked
from harness.model.state.lines import SET, without_set

CODE: Final = "INVALID_REQUEST"
TOO_LARGE: Final = "TOO_LARGE"
NO_JSON, NO_UTF_8, NO_BODY, NO_LOCAL_ID = "JSON でない", "UTF-8 でない", "本文がない", "local_id の形"
WITHIN: Final = "（内側）"
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "required": "項目が足りない",
        "additionalProperties": "余分な項目",
        "type": "型",
        "minLength": "短い",
        "maxLength": "長い",
        "pattern": "形",
        "enum": "語",
        "minimum": "小さい",
        "maximum": "大きい",
        "minItems": "件数が少ない",
        "maxItems": "件数が多い",
        "maxProperties": "項目が多い",
    }
)
OF_OBJECTS: Final = frozenset({"required", "additionalProperties"})  # met at the object, not at its member
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]*=*")
_LOCAL_ID: Final = re.compile(r"[0-9A-Za-z-]{1,20}")
_LONGEST: Final = 64_000_000  # bytes that are to be taken; of more contract 1 says nothing
_YEAR_0: Final = "0000-"
_ALL: Final = "records_in_all"  # the bench's own mark: a list that it kept in part


def is_too_large(call: Call) -> bool:
    """Is its body longer than a gateway has to take?"""
    return max(call.size or 0, len(call.raw or b"")) > _LONGEST


def size_fault(asked: Asked, *, settles: bool) -> Fault | None:
    """Before row 3, and by contract 2 alone: what a body beyond the limit meets is left open (§11)."""
    found = settles and bool(asked.request.body) and is_too_large(asked.call)
    return decided("body-too-large", TOO_LARGE, "長すぎる本文", settles=settles) if found else None


def fault_of(asked: Asked, *, settles: bool) -> Fault | None:
    """Of the body, then of the path."""
    if not asked.request.body:
        return None
    body, fault = read(asked.call)
    fault = fault or _schema_fault(asked.request.body, body, settles=settles)
    if (fault is None or not fault.certain) and asked.request.group == "subjects":
        return fault if _LOCAL_ID.fullmatch(asked.named or "") else Fault(CODE, NO_LOCAL_ID)
    return fault


def read(call: Call) -> tuple[object, Fault | None]:
    """The JSON of the body and, where there is none, why. What two readers of JSON may see differently is open (§11)."""
    if call.raw is None:
        return call.body, Fault(CODE, NO_BODY) if call.body is None else None
    if len(call.raw) > _LONGEST:
        return None, open_(CODE)
    try:
        return read_json(call.raw), None
    except UnreadableJsonError:
        return _leniently(call.raw)


def _leniently(raw: bytes) -> tuple[object, Fault]:
    """A name twice, half of a surrogate pair (§11), a mark at the beginning that a reader may overlook (RFC 8259 §8.1)."""
    if not raw.strip():
        return None, Fault(CODE, NO_BODY)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, Fault(CODE, NO_UTF_8)
    try:
        value = json.loads(text, parse_constant=_no_json)
    except (ValueError, RecursionError):
        return None, Fault(CODE, NO_JSON)
    return value, open_(CODE)


def _no_json(name: str) -> object:
    raise ValueError(name)


def _schema_fault(schema: str, body: object, *, settles: bool) -> Fault | None:
    if isinstance(body, dict) and _ALL in body:
        return Fault(CODE, WORDS["maxItems"])
    if schema == "import" and isinstance(body, dict) and SET in body:
        return _schema_fault(schema, without_set(body), settles=settles) or set_fault(
            body, CODE, settles=settles
        )
    try:
        found = deviations(schema, body)
    except ValueError:
        return open_(CODE)
    certain = [deviation for deviation in found if deviation.keyword != "format"]
    if certain:
        return Fault(CODE, _variant(certain[0]))
    # draft 2020-12 leaves it open whether formats are asserted; 1.0 is an integer there
    if isinstance(body, dict) and str(body.get("birth_date")).startswith(_YEAR_0):
        return open_(CODE)
    return _settled(schema, body, bool(found), settles=settles)


def _settled(schema: str, body: object, wrong_format: bool, *, settles: bool) -> Fault | None:
    """Draft 2020-12 leaves it open whether formats are asserted; 1.0 is an integer there."""
    if wrong_format:
        return decided("format-asserted", CODE, "日付", settles=settles)
    if has_fraction(body):
        return none_now("whole-numbers", CODE, "整数", settles=settles)
    return _file_fault(body, settles=settles) if schema == "import" and isinstance(body, dict) else None


def _variant(deviation: Deviation) -> str:
    level = 0 if deviation.keyword in OF_OBJECTS else 1
    return WORDS.get(deviation.keyword, "様式") + (WITHIN if deviation.depth > level else "")


def _file_fault(body: Mapping[str, object], *, settles: bool) -> Fault | None:
    """Contract 1 has no code for an information without a layout, and both leave padding free."""
    if body["information"] not in informations():
        return decided("import-refused", CODE, "様式のない情報", settles=settles)
    file = str(body["file"])
    try:
        base64.b64decode(file, validate=True)
    except binascii.Error:
        impossible = _BASE64.fullmatch(file) and len(file.rstrip("=")) % 4 == 1
        return decided("import-refused", CODE, "長さの合わない base64", settles=settles and bool(impossible))
    return None
