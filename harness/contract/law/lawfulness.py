"""Is an enquiry lawful? By the competence of both parties; under contract 1 the kinds of its tables hold as well, and what the two do not
agree in is open."""

from dataclasses import dataclass

from harness.contract.law import Basis, bases, table
from harness.contract.organisations import Organisation
from harness.contract.versions import FIRST


@dataclass(frozen=True)
class Asked:
    """What decides (番号法19条7号): who asks whom, on which basis, for which affair and information."""

    basis: Basis
    requester: Organisation
    affair: str
    provider: Organisation
    information: str

    def is_lawful(self, *, by_kind: bool = False) -> bool:
        """Do they match a row of the cited item? An unknown table version is not lawful."""
        if self.basis.table not in bases():
            return False
        return any(
            row.item == self.basis.item
            and row.affair == self.affair
            and row.asks(self.requester, by_kind=by_kind)
            and row.provides(self.provider, self.information, by_kind=by_kind)
            for row in table(self.basis.table)
        )

    def verdicts(self, contract: str) -> frozenset[bool]:
        """What a gateway of that contract may come to: both where that is open."""
        return frozenset(self.is_lawful(by_kind=by_kind) for by_kind in readings(contract))


def is_lawful(
    basis: Basis, requester: Organisation, affair: str, provider: Organisation, information: str
) -> bool:
    """By competence."""
    return Asked(basis, requester, affair, provider, information).is_lawful()


def readings(contract: str) -> tuple[bool, ...]:
    """How a version of the contract lets a table be read, each as `by_kind`."""
    return (False, True) if contract == FIRST else (False,)
