"""NTC-07: a link code that was nobody's once stays nobody's after its owner was registered."""

from dataclasses import dataclass, field

from harness.contract.refusals import RefusedError
from mocks.defects.defect import breaks
from mocks.gateway.id_conversion import IdConversion


@dataclass(frozen=True)
class LongMemory(IdConversion):
    """Looks up nobody twice."""

    strangers: set[str] = field(default_factory=set)

    def local_id_of(self, link_code: str) -> str:
        """Unknown for ever where it was unknown before."""
        if link_code in self.strangers:
            raise RefusedError("SUBJECT_UNKNOWN")
        try:
            return super().local_id_of(link_code)
        except RefusedError:
            self.strangers.add(link_code)
            raise


DEFECT = breaks("NTC-07", "一度いないと答えた人を、登録の後もいないとする", ids=LongMemory)
