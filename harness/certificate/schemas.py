"""The published schemas of what a bundle says: certificate.schema.json, attestation.schema.json."""

import json
from functools import cache
from importlib.resources import files

from jsonschema_rs import Draft202012Validator

from harness.contract.schemas import problem_by, validator_of


def problem_with(name: str, document: object) -> str | None:
    """Where and how a payload deviates from its schema, None where it does not."""
    return problem_by(_validator(name), document)


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads(files(__package__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8"))
    return validator_of(schema)
