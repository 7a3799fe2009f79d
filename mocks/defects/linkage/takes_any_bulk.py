"""STO-20: a bulk request of any size is taken."""

from dataclasses import replace
from typing import Any

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.linkage import Linkage

REQUIREMENT = "STO-20"
SUMMARY = "上限を超える一括登録を受け付ける"


class Unbounded(Linkage):
    """Takes what comes."""

    def check_request(self, schema: str, body: Any) -> None:
        """Without a look at how much it is."""
        if schema == "records" and isinstance(body, dict) and len(body.get("records", ())) > 10_000:
            return
        super().check_request(schema, body)


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, linkage=as_a(Unbounded, functions.linkage))
