"""AUTH-10: a request that names nobody is done in the name of the section."""

from collections.abc import Mapping
from dataclasses import replace

from harness.contract.refusals import RefusedError
from mocks.gateway.authorisation import Authorisation, Staff
from mocks.gateway.functions import Functions, as_a

REQUIREMENT = "AUTH-10"
SUMMARY = "誰が行うか示されない要求に応じる"


class Anonymous(Authorisation):
    """Knows sections, not people."""

    def staff(self, headers: Mapping[str, str]) -> Staff:
        """The section, where nobody is named."""
        try:
            return super().staff(headers)
        except RefusedError:
            return Staff("section", "child-allowance")


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, authorisation=as_a(Anonymous, functions.authorisation))
