"""Everything that may lawfully be asked of an organisation, or by it: one citation for each row of the tables that it declares."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from harness.contract.items import informations
from harness.contract.law import Row, table
from harness.contract.organisations import Organisation, network_organisation, organisations
from harness.contract.roles import role_fits, roles


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
    def basis(self) -> Mapping[str, str]:
        """As it travels."""
        return {"table": self.table, "item": self.item}


@cache
def citations(tables: tuple[str, ...], own: Organisation, *, asks: bool) -> tuple[Citation, ...]:
    """Those in which `own` asks, or provides; each combination of row, information and kind of partner once."""
    return tuple(
        citation
        for name in tables
        for row in table(name)
        if own.kind in (row.requester_kinds if asks else row.provider_kinds)
        for citation in _of_row(name, row, own, asks=asks)
    )


def _of_row(name: str, row: Row, own: Organisation, *, asks: bool) -> Iterator[Citation]:
    role = next((code for code in roles() if role_fits(code, row.affair)), None)
    known = [information for information in row.information if information in informations()]
    if role is None:
        return
    for partner in _one_of_each(row.provider_kinds if asks else row.requester_kinds, own):
        for information in known:
            requester, provider = (own, partner) if asks else (partner, own)
            yield Citation(requester, provider, name, row.item, row.affair, information, role)


def _one_of_each(kinds: frozenset[str], own: Organisation) -> Iterator[Organisation]:
    others = [o for o in organisations().values() if o not in (own, network_organisation())]
    for kind in sorted(kinds):
        found = next((o for o in others if o.kind == kind), None)
        if found:
            yield found
