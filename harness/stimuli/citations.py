"""Everything that may lawfully be asked of an organisation, or by it: one citation for each row of the tables that it declares."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from harness.contract.items import informations
from harness.contract.law import Row, table
from harness.contract.law.lawfulness import readings
from harness.contract.organisations import Organisation, attributes, network_organisation, organisations
from harness.contract.roles import owner_of, role_fits, roles


@dataclass(frozen=True)
class Citation:
    """Who may ask whom for what, by which row; `role` may cite the affair."""

    requester: Organisation
    provider: Organisation
    table: str
    item: str
    affair: str
    information: str
    role: str

    @property
    def owner(self) -> str:
        """A role that may decide about what waits of the information."""
        return owner_of(self.information)

    @property
    def basis(self) -> Mapping[str, str]:
        """As it travels."""
        return {"table": self.table, "item": self.item}

    def said_by(self, code: str, person: str) -> dict[str, object]:
        """How the network is told that a counterpart (code) says something about somebody (ref)."""
        return {
            "as": code,
            "person": person,
            "basis": self.basis,
            "affair": self.affair,
            "information": self.information,
            "role": self.role,
        }


@cache
def citations(
    tables: tuple[str, ...], own: Organisation, contract: str, *, asks: bool
) -> tuple[Citation, ...]:
    """Those in which `own` asks, or provides, lawful however the contract lets tables be read; each combination of row, information
    and what makes the partner competent once."""
    return tuple(
        citation
        for name in tables
        for row in table(name)
        for citation in _of_row(name, row, own, contract, asks=asks)
    )


def _of_row(name: str, row: Row, own: Organisation, contract: str, *, asks: bool) -> Iterator[Citation]:
    role = next((code for code in roles() if role_fits(code, row.affair)), None)
    if role is None:
        return
    for information in (known for known in row.information if known in informations()):
        met: set[frozenset[str]] = set()
        for partner in organisations().values():
            requester, provider = (own, partner) if asks else (partner, own)
            competent_by = attributes(partner, row.day) & (
                row.providers[information] if asks else row.requesters
            )
            if partner in (own, network_organisation()) or competent_by in met:
                continue
            if all(
                row.asks(requester, by_kind=way) and row.provides(provider, information, by_kind=way)
                for way in readings(contract)
            ):
                met.add(competent_by)
                yield Citation(requester, provider, name, row.item, row.affair, information, role)
