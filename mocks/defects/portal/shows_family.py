"""POR-02: whoever is logged in sees anybody."""

from dataclasses import replace

from mocks.gateway.functions import Functions, as_a
from mocks.gateway.portal import Portal

REQUIREMENT = "POR-02"
SUMMARY = "ポータルで本人以外の情報を示す"


class FamilyPortal(Portal):
    """One login a household."""

    def must_be_subject(self, resident: str, local_id: str) -> None:
        """Anybody is."""


def break_it(functions: Functions) -> Functions:
    """The gateway with this defect."""
    return replace(functions, portal=as_a(FamilyPortal, functions.portal))
