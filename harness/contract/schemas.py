"""The published JSON Schemas, applied to what travels."""

from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple

from jsonschema_rs import Draft202012Validator, Registry, ValidationError, ValidationErrorKind

from harness.contract.extensions import extensions
from harness.contract.law import bases
from harness.contract.messages import parse_timestamp
from harness.contract.resources import json_document, resource
from harness.contract.use_cases import use_cases
from harness.contract.versions import FIRST

Schema = dict[str, Any]
_LONGEST_PROBLEM = 200  # characters; a gateway may send megabytes, and a reason must stay one sentence
_FOLDER, _LATER, _ENDING = "schemas", "schemas-2", ".schema.json"
_STATEMENT = "statement"
_DEEPEST = 10  # a place that is still legible


@cache
def schema_names() -> tuple[str, ...]:
    """Names of the published schemas, without ending."""
    return _names(_FOLDER)


def document(name: str) -> Schema:
    """A published schema itself. Raises KeyError for a name that there is not."""
    return _documents(FIRST)[name]


@cache
def later_schema_names() -> tuple[str, ...]:
    """Names of those that contract 2 has anew."""
    return _names(_LATER)


def _names(folder: str) -> tuple[str, ...]:
    return tuple(sorted(e.name.removesuffix(_ENDING) for e in resource("published", folder).iterdir()))


@cache
def _documents(contract: str) -> dict[str, Schema]:
    folders = dict.fromkeys(schema_names(), _FOLDER)
    if contract != FIRST:
        folders |= dict.fromkeys(later_schema_names(), _LATER)
    found = {n: json_document("published", folder, f"{n}{_ENDING}") for n, folder in folders.items()}
    return {**found, _STATEMENT: with_names(found[_STATEMENT])} if extensions() else found


def with_names(statement: Schema) -> Schema:
    """The schema of the statement with the names that there are: what is published names ours, and a statement may declare what an
    extension adds, too."""
    document: Schema = deepcopy(statement)
    lists = document["properties"]["declares"]["properties"]
    for list_, names in (("use_cases", use_cases()), ("tables", bases())):
        lists[list_]["items"] = {"enum": list(names)}
    return document


@cache
def _validators(contract: str) -> dict[str, Draft202012Validator]:
    documents = _documents(contract)
    registry = Registry([(d["$id"], d) for d in (*_documents(FIRST).values(), *documents.values())])
    return {n: validator_of(d, registry) for n, d in documents.items()}


def validator_of(schema: Schema, registry: Registry | None = None) -> Draft202012Validator:
    """A validator that asserts formats, and takes for a moment what the contract takes for one."""
    formats = {"date-time": _is_moment}
    return Draft202012Validator(schema, registry=registry, validate_formats=True, formats=formats)


def _is_moment(text: str) -> bool:
    try:
        return bool(parse_timestamp(text))
    except ValueError:
        return False


def problem_with(name: str, value: Any, contract: str = FIRST) -> str | None:
    """None where the value meets the schema of that version, else the first deviation: where in the value, and what."""
    return problem_by(_validators(contract)[name], value)


def problem_by(validator: Draft202012Validator, value: Any) -> str | None:
    """The same by any schema. Almost everything that travels meets its schema, which is found out in microseconds."""
    try:
        if validator.is_valid(value):
            return None
        return _said(min(validator.iter_errors(value), key=_outermost))
    except ValueError:  # what only Python can hold: a lone surrogate, endless nesting, a day of TOML
        return f"{_where(_of_no_json(value))}: JSON に書けない値がある"[:_LONGEST_PROBLEM]


def problems_with(name: str, value: Any, contract: str = FIRST) -> tuple[str, ...]:
    """All deviations, as problem_with has the first of them; none where there is none."""
    try:
        errors = sorted(_validators(contract)[name].iter_errors(value), key=_outermost)
    except ValueError:
        return (str(problem_with(name, value, contract)),)
    return tuple(_said(error) for error in errors)


def _said(error: ValidationError) -> str:
    return f"{_where(error.instance_path)}: {error.message}"[:_LONGEST_PROBLEM]


def _outermost(error: ValidationError) -> tuple[int, str]:
    """What is wrong inside of what is wrong follows from it."""
    return len(error.instance_path), error.message


def _where(path: Iterable[str | int]) -> str:
    return "/".join(map(str, path)) or "全体"


def _of_no_json(value: Any) -> tuple[str | int, ...]:
    """The place of a value of a type that JSON does not have; of the whole where it is the value itself that has no form."""
    found: list[tuple[tuple[str | int, ...], Any]] = [((), value)]
    for path, inner in found:
        members = (
            inner.items() if isinstance(inner, dict) else enumerate(inner) if isinstance(inner, list) else ()
        )
        if len(path) < _DEEPEST:
            found += [((*path, name), member) for name, member in members]
        if not isinstance(inner, dict | list | str | int | float | None):
            return path
    return ()


def deviation_from(name: str, value: Any, contract: str = FIRST) -> str | None:
    """As problem_with, naming the place only: what deviates may be personal data, and this may leave the house."""
    problem = problem_with(name, value, contract)
    return f"{problem.partition(':')[0]} が様式に合わない" if problem else None


class Deviation(NamedTuple):
    """Where a value leaves its schema, the member that is missing included, and which keyword says so; `depth`: how many levels below
    the whole the value lies."""

    place: tuple[str | int, ...]
    keyword: str
    depth: int


def deviations(name: str, value: Any, contract: str = FIRST) -> tuple[Deviation, ...]:
    """All of them, the outermost first; none where the value meets the schema. Quotes no value. Raises ValueError for what no JSON can
    hold."""
    validator = _validators(contract)[name]
    if validator.is_valid(value):
        return ()
    return tuple(sorted((_deviation(e) for e in validator.iter_errors(value)), key=lambda d: len(d.place)))


def _deviation(error: ValidationError) -> Deviation:
    missing = (error.kind.property,) if isinstance(error.kind, ValidationErrorKind.Required) else ()
    return Deviation((*error.instance_path, *missing), _word(error), len(error.instance_path))


def _word(error: ValidationError) -> str:
    """A member too many is refused by `additionalProperties`, whatever the library calls it."""
    words = [part for part in error.schema_path if isinstance(part, str)]
    return "additionalProperties" if error.kind.name == "falseSchema" else words[-1]
