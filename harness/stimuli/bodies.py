"""Each body of the south face with one thing wrong, and at the edges of what is right, as its schema says (guide §2, row 3)."""

import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any, Final

from harness.contract.schemas import document, problem_with
from harness.gateways.south import Request
from harness.stimuli.partners import NOBODY
from harness.stimuli.south_requests import Proper, proper_requests
from harness.stimuli.stage import Stage

# Request → the schema of its body (guide §2, south.openapi.json).
_SCHEMAS: Final = {
    "PUT /v1/subjects": "subject",
    "PUT /v1/records": "record",
    "POST /v1/records/bulk": "records",
    "POST /v1/records/deletion": "record-key",
    "POST /v1/imports": "import",
    "PUT /v1/handling": "handling",
    "POST /v1/enquiries": "enquiry",
    "POST /v1/batches": "batch",
    "POST /v1/notices": "notice",
    "POST /v1/portal-sessions": "portal-login",
    "POST /v1/own-information": "record-key",
    "POST /v1/pending/{id}/approval": "empty",
    "POST /v1/pending/{id}/refusal": "refusal-by-staff",
    "POST /v1/batches/{id}/resend": "empty",
}
_NO_JSON: Final = (
    b"",
    b"{",
    b"[]",
    b"null",
    b'"text"',
    b"{}x",
    b"\xef\xbb\xbf{}",
    b"{'a':1}",
    b'{"a":"\xff\xfe"}',
    b"\x00",
    b'{"a":01}',
    b'{"a":NaN}',
)
_MEDIA: Final = (
    "application/json; charset=utf-8",
    'Application/JSON;charset="UTF-8"',
    "text/plain",
    "application/octet-stream",
)
_LONGEST: Final = 10_000  # characters of a text that is tried at its bounds
_MANY: Final = 2_000  # elements of a list that is tried at its bounds
_BROKEN: Final = (
    b"\xff",
    b"\xc3",
    b"\xe3\x81",
    b"\xed\xa0\x80",
    b"\xc0\xaf",
    b"\x82\xa0",
)  # no UTF-8, each in its own way
_TEXT: Final = re.compile(rb'"(?:[^"\\]|\\.)*"(:?)')  # a name where a colon follows
_ASTRAL: Final = "\U00020bb7"  # two units of UTF-16, one code point


def bodies(stage: Stage) -> None:
    """About somebody who is registered, so that nothing else is wrong."""
    resident = stage.registered(1)[0]
    citation = stage.draw.choice(stage.citations(asks=True))
    requests: list[Request] = []
    for proper in proper_requests(stage, resident, citation):
        if proper.name in _SCHEMAS:
            requests += _of(proper)
    stage.draw.shuffle(requests)
    stage.at_once(requests)


def _of(proper: Proper) -> Iterator[Request]:
    schema = document(_SCHEMAS[proper.name])
    for raw in _NO_JSON:
        yield replace(proper.request, body=None, raw=raw)
    for media in _MEDIA:
        yield replace(proper.request, headers={**proper.request.headers, "Content-Type": media})
    full = _filled(proper.name, proper.request.body)
    for raw in _with_broken_text(_SCHEMAS[proper.name], full):
        yield replace(proper.request, body=None, raw=raw)
    for path, part in _objects(schema, full, ()):
        for body in _faults(full, path, part):
            yield replace(proper.request, body=body)


def _filled(name: str, body: Any) -> Any:
    """With the members that may be left out and are objects, so that what stands in them can be wrong."""
    filled = deepcopy(body)
    if "records" in name:
        for record in filled.get("records", [filled] if "items" in filled else []):
            record |= {"items": {"項": None, "覚え": "有"}, "reasons": {"項": "未申告"}, "version": 1}
    return filled


def _with_broken_text(schema: str, body: Any) -> Iterator[bytes]:
    """The proper body, in which nothing is wrong but bytes at the end of one text: read with other characters in their place it would
    be proper, where it has such a text."""
    written = json.dumps(body, ensure_ascii=False).encode()
    ends = [found.end() - 1 for found in _TEXT.finditer(written) if not found[1]]
    marked = [
        at
        for at in ends
        if problem_with(schema, json.loads(written[:at] + b"\xef\xbf\xbd" + written[at:])) is None
    ]
    for number, broken in enumerate(_BROKEN if ends else ()):
        at = (marked or ends)[number % len(marked or ends)]
        yield written[:at] + broken + written[at:]


def _objects(
    schema: Mapping[str, Any], value: Any, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Any]]]:
    """Every object of a body with its schema, the nested ones too."""
    if "$ref" in schema:
        schema = document(str(schema["$ref"]).removesuffix(".schema.json"))
    if isinstance(value, dict):
        yield path, schema
        for name, member in value.items():
            yield from _objects(schema.get("properties", {}).get(name, {}), member, (*path, name))
    elif isinstance(value, list) and value:
        yield from _objects(schema.get("items", {}), value[0], (*path, 0))


def _faults(body: Any, path: tuple[str | int, ...], schema: Mapping[str, Any]) -> Iterator[Any]:
    """In one object: a member too many or too few, of another type, at and beyond its bounds."""
    open_ = schema.get("additionalProperties")
    if open_ is False:
        yield _with(body, path, "extra", "x")
    for name in schema.get("required", ()):
        yield _with(body, path, name, None, drop=True)
    for name, of in schema.get("properties", {}).items():
        for value in _values(of):
            yield _with(body, path, name, value)
        for count in _counts(of):
            yield _with(body, path, name, [_harmless(element) for element in body[name][:1]] * count)
    if isinstance(open_, dict):
        yield from _of_names(body, path, schema)


def _counts(schema: Mapping[str, Any]) -> Iterator[int]:
    """Of a list: one too few, as many as there may be, and one too many."""
    most = schema.get("maxItems", _MANY)
    counts = (schema.get("minItems", 1) - 1, most, most + 1) if "items" in schema else ()
    yield from (count for count in counts if count <= _MANY)


def _harmless(element: Any) -> Any:
    """To nobody, where it would be sent: a thousand of them are refused and no traffic."""
    return {**element, "to": NOBODY} if isinstance(element, dict) and "to" in element else element


def _of_names(body: Any, path: tuple[str | int, ...], schema: Mapping[str, Any]) -> Iterator[Any]:
    """In an object whose names are free: values, names, and how many there are."""
    of: Mapping[str, Any] = schema["additionalProperties"]
    for value in (*_values(of), 1.5, True, [], {}):
        yield _with(body, path, "項目", value)
    proper = next(iter(of.get("enum", ("x",))))
    for name in ("", "n" * 100, "n" * 101, _ASTRAL * 100, _ASTRAL * 101):
        yield _with(body, path, name, proper)
    for count in (schema["maxProperties"], schema["maxProperties"] + 1):
        yield _with(body, path[:-1], str(path[-1]), {f"項{n}": proper for n in range(count)})


def _values(schema: Mapping[str, Any]) -> Iterator[Any]:
    """Of another type, and at each bound just before, at and just after."""
    types = schema.get("type", "string")
    if "object" not in types and "array" not in types:
        yield {}
        yield []
    if "integer" in types:
        low, high = schema.get("minimum"), schema.get("maximum")
        yield from (bound + step for bound in (low, high) if bound is not None for step in (-1, 0, 1))
        yield from (1.5, "1")
    elif types == "string" or "enum" in schema:
        yield from (1, None, True)
        longest = schema.get("maxLength", _LONGEST + 1)
        for length in (schema.get("minLength", 0) - 1, schema.get("minLength", 0), longest, longest + 1):
            if 0 <= length <= _LONGEST:
                yield from ("x" * length, _ASTRAL * length)
        yield from (f"{value} " for value in schema.get("enum", ())[:2])
        if schema.get("format") == "date":
            yield from ("2012-02-30", "2012-2-3", "20120203", "2012-02-29", "２０１２-02-03")
            # A century that is a leap year, and two that are none.
            yield from ("2000-02-29", "1900-02-29", "2100-02-29")


def _with(body: Any, path: tuple[str | int, ...], name: str, value: Any, *, drop: bool = False) -> Any:
    changed = deepcopy(body)
    place = changed
    for step in path:
        place = place[step]
    if drop:
        place.pop(name, None)
    else:
        place[name] = value
    return changed
