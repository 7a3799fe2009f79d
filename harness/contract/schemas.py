"""The published JSON Schemas, applied to what travels."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema_rs
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry, Resource

from harness.contract.messages import parse_timestamp
from harness.contract.resources import json_document, resource

_LONGEST_PROBLEM = 200  # characters; a gateway may send megabytes, and a reason must stay one sentence


@cache
def schema_names() -> tuple[str, ...]:
    """Names of the published schemas, without ending."""
    return tuple(
        sorted(e.name.removesuffix(".schema.json") for e in resource("published", "schemas").iterdir())
    )


@cache
def _documents() -> dict[str, dict[str, Any]]:
    return {n: json_document("published", "schemas", f"{n}.schema.json") for n in schema_names()}


@cache
def _quick() -> dict[str, jsonschema_rs.Draft202012Validator]:
    documents = _documents()
    registry = jsonschema_rs.Registry([(d["$id"], d) for d in documents.values()])
    kind = jsonschema_rs.Draft202012Validator
    return {n: kind(d, registry=registry, validate_formats=True) for n, d in documents.items()}


@cache
def _validators() -> dict[str, Draft202012Validator]:
    documents = _documents()
    registry: Registry[Any] = Registry().with_resources(
        [(d["$id"], Resource.from_contents(d)) for d in documents.values()]
    )
    kind = extend(Draft202012Validator, {"items": _members})  # type: ignore[no-untyped-call]  # jsonschema is untyped here
    checker = FormatChecker(("date",))
    checker.checks("date-time", ValueError)(_is_moment)
    return {n: kind(d, registry=registry, format_checker=checker) for n, d in documents.items()}


def _is_moment(value: object) -> bool:
    return not isinstance(value, str) or bool(parse_timestamp(value))


def _members(validator: Any, items: Any, instance: Any, schema: dict[str, Any]) -> Iterator[ValidationError]:
    """Members of an array that is too long are not looked at: that alone took 5 s for 10,001 records."""
    if not isinstance(instance, list) or len(instance) <= schema.get("maxItems", len(instance)):
        yield from Draft202012Validator.VALIDATORS["items"](validator, items, instance, schema)


def validator(name: str) -> Draft202012Validator:
    """The validator that says why."""
    return _validators()[name]


def problem_with(name: str, value: Any) -> str | None:
    """None where the value meets the schema, else the first deviation: where in the value, and what. Almost everything that
    travels meets its schema, which takes 2 µs to find out; why something does not takes 180."""
    return None if _meets(name, value) else problem_by(validator(name), value)


def _meets(name: str, value: Any) -> bool:
    try:
        return _quick()[name].is_valid(value)
    except ValueError:  # what only Python can hold: a lone surrogate, endless nesting
        return False


def problem_by(validator: Draft202012Validator, value: Any) -> str | None:
    """The same by any schema."""
    errors = sorted(validator.iter_errors(value), key=lambda e: (len(e.absolute_path), e.message))
    if not errors:
        return None
    where = "/".join(str(p) for p in errors[0].absolute_path) or "全体"
    return f"{where}: {errors[0].message}"[:_LONGEST_PROBLEM]


def deviation_from(name: str, value: Any) -> str | None:
    """As problem_with, naming the place only: what deviates may be personal data, and this may leave the house."""
    problem = problem_with(name, value)
    return f"{problem.partition(':')[0]} が様式に合わない" if problem else None
