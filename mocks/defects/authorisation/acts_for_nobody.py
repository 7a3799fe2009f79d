"""AUTH-10: a request that names nobody is done in the name of the section."""

from collections.abc import Mapping

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.authorisation import Authorisation, Staff


class Anonymous(Authorisation):
    """Knows sections, not people."""

    def staff(self, headers: Mapping[str, str]) -> Staff:
        """The section, where nobody is named."""
        try:
            return super().staff(headers)
        except RefusedError:
            return Staff("section", "child-allowance")


DEFECT = breaks("AUTH-10", "誰が行うか示されない要求に応じる", authorisation=Anonymous)
