"""The published schemas of what a bundle says: certificate.schema.json, attestation.schema.json."""

import json
from functools import cache
from importlib.resources import files

from jsonschema import Draft202012Validator, FormatChecker


def problem_with(name: str, document: object) -> str | None:
    """Where and how a payload deviates from its schema, None where it does not."""
    error = next(iter(_validator(name).iter_errors(document)), None)
    return f"{error.json_path}: {error.message}"[:200] if error else None


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads(files(__package__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker())
