"""CON-23: members of a request that the contract does not know are passed over."""

from typing import Any

from harness.contract.resources import json_document
from mocks.defects.defect import breaks
from mocks.gateway.linkage import Linkage


class Overlooking(Linkage):
    """Reads what it knows and does not mind the rest."""

    def check_request(self, schema: str, body: Any) -> None:
        """What it knows of a request."""
        known = json_document("published", "schemas", f"{schema}.schema.json")["properties"]
        super().check_request(schema, {name: value for name, value in body.items() if name in known})


DEFECT = breaks("CON-23", "余分な項目のある要求に応じる", linkage=Overlooking)
