"""CON-23: members of a request that the contract does not know are passed over."""

from dataclasses import replace
from typing import Any

from harness.contract.resources import json_document
from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage

REQUIREMENT = "CON-23"
SUMMARY = "余分な項目のある要求に応じる"


class Overlooking(Linkage):
    """Reads what it knows and does not mind the rest."""

    def check_request(self, schema: str, body: Any) -> None:
        """What it knows of a request."""
        known = json_document("published", "schemas", f"{schema}.schema.json")["properties"]
        super().check_request(schema, {name: value for name, value in body.items() if name in known})


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(Overlooking, functions.linkage))
