"""ID-10: an enquiry about somebody unknown goes out under an invented code."""

import secrets

from mocks.defects.defect import breaks
from mocks.gateway.id_conversion import IdConversion


class Inventing(IdConversion):
    """Leaves it to the network to find out."""

    def code_for_enquiry(self, local_id: str) -> str:
        """One that looks right."""
        return super().code_for_enquiry(local_id) if self.is_known(local_id) else secrets.token_urlsafe(18)


DEFECT = breaks("ID-10", "登録のない人について照会する", ids=Inventing)
