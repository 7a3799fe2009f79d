"""番号法別表第二 and further bases as data: an enquiry is lawful only when requester, affair, provider and information
match a row. By competence a party matches where it is competent for the affair on the day of the table (contract 2); by kind where its
kind is one of the row (contract 1, which leaves open what the two do not agree in)."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from harness.contract.affairs import affairs
from harness.contract.extensions import found, merged
from harness.contract.law.competence import holders, is_competent
from harness.contract.law.phrases import phrases_in
from harness.contract.organisations import Organisation
from harness.contract.resources import resource

_TABLE, _TABLE_ENDING = "table2_", ".tsv"
_BY_ORDINANCE = "であって主務省令で定めるもの"
_DEFINED = re.compile(r"以下「([^」]+情報)」という")


@dataclass(frozen=True)
class Basis:
    """A legal basis (根拠): version of the table and item (項)."""

    table: str
    item: str


@dataclass(frozen=True)
class Row:
    """One row of 別表第二, read: organisation kinds of both parties and the names of the informations. `requesters`, `providers` (by
    information): attributes, one of which makes an organisation competent on `day`, that of the table (empty for a further basis).
    `source`: where the row comes from, empty where the table has it from the text itself."""

    item: str
    requester: str
    requester_kinds: frozenset[str]
    affair: str
    provider: str
    provider_kinds: frozenset[str]
    information: tuple[str, ...]
    text: str
    requesters: frozenset[str]
    providers: Mapping[str, frozenset[str]]
    day: str = ""
    source: str = ""

    def asks(self, organisation: Organisation, *, by_kind: bool = False) -> bool:
        """May it ask by this row?"""
        if by_kind:
            return organisation.kind in self.requester_kinds
        return is_competent(organisation, self.requesters, self.day)

    def provides(self, organisation: Organisation, information: str, *, by_kind: bool = False) -> bool:
        """Is it whom this row names for an information?"""
        if information not in self.information:
            return False
        if by_kind:
            return organisation.kind in self.provider_kinds
        return is_competent(organisation, self.providers[information], self.day)


@cache
def versions() -> tuple[str, ...]:
    """Versions of 別表第二 that the project carries, oldest first; what they are: regimes.py."""
    names = found("law", _TABLE_ENDING)
    return tuple(sorted(n[len(_TABLE) : -len(_TABLE_ENDING)] for n in names if n.startswith(_TABLE)))


@cache
def further_bases() -> tuple[str, ...]:
    """Legal bases beside 別表第二 (条例 and the like), by the word that stands in `basis.table`."""
    return tuple(basis["name"] for basis in merged("law", "other_bases.toml")["basis"])


def bases() -> tuple[str, ...]:
    """Everything that a statement can declare as `tables`: versions of 別表第二, oldest first, and further bases."""
    return (*versions(), *further_bases())


@cache
def table(name: str) -> tuple[Row, ...]:
    """別表第二 of one version, or the rows of a further basis. Raises KeyError for what is not carried."""
    if name in further_bases():
        return tuple(_further_rows(name))
    if name not in versions():
        raise KeyError(f"別表第二の版 {name} はない（ある版: {'、'.join(bases())}）")
    return _table_of_version(name)


def _table_of_version(version: str) -> tuple[Row, ...]:
    name = f"{_TABLE}{version}{_TABLE_ENDING}"
    text = resource("law", name, room=found("law", _TABLE_ENDING)[name]).read_text(encoding="utf-8")
    rows = [r for r in csv.DictReader(text.splitlines(), delimiter="\t") if r["affair"]]
    defined = sorted({name for r in rows for name in _DEFINED.findall(r["info"])})
    return tuple(_read(r, tuple(defined), version) for r in rows)


def item_of(name: str, wordings: Sequence[str], information: str = "", requester: str = "") -> str:
    """The item (項) under which a version or further basis has an affair, in any of its wordings; where there are several,
    that of the kind of requester and of the information. Raises LookupError where it has none, as for an unknown name."""
    rows = [row for row in table(name) if row.affair in wordings] if name in bases() else []
    rows = [row for row in rows if not requester or requester in row.requester_kinds | row.requesters]
    if not rows:
        raise LookupError(f"{name} に {wordings[0]} の項はない")
    return next((row.item for row in rows if information in row.information), rows[0].item)


def _further_rows(name: str) -> Iterator[Row]:
    basis = next(b for b in merged("law", "other_bases.toml")["basis"] if b["name"] == name)
    for row in basis["row"]:
        yield Row(
            item=row["item"],
            requester="、".join(row["requester"]),
            requester_kinds=frozenset(row["requester"]),
            affair=affairs()[row["affair"]].text,
            provider="、".join(row["provider"]),
            provider_kinds=frozenset(row["provider"]),
            information=tuple(row["information"]),
            text=basis["article"],
            requesters=frozenset({*row["requester"], *row.get("stands_in", ())}),
            providers=MappingProxyType(dict.fromkeys(row["information"], frozenset(row["provider"]))),
        )


def _read(row: dict[str, str], defined: tuple[str, ...], version: str) -> Row:
    short = {i["phrase"]: i["name"] for i in merged("law", "terms.toml")["information"]}
    named = phrases_in(row["info"], (*short, *defined))
    information = tuple(short.get(n, n) for n in named) or (row["info"].removesuffix(_BY_ORDINANCE),)
    providing = {name: holders(row["provider"], name, version) for name in information}
    return Row(
        item=f"{row['item']}の{row['sub']}" if row["sub"] else row["item"],
        requester=row["requester"],
        requester_kinds=_kinds(row["requester"]),
        affair=row["affair"].removesuffix(_BY_ORDINANCE),
        provider=row["provider"],
        provider_kinds=_kinds(row["provider"]),
        information=information,
        text=row["info"],
        requesters=holders(row["requester"], row["affair"], version),
        providers=MappingProxyType(providing),
        day=version,
        source=row.get("source") or "",
    )


def _kinds(party: str) -> frozenset[str]:
    kinds = {t["phrase"]: t["kinds"] for t in merged("law", "terms.toml")["party"]}
    return frozenset(kind for phrase in phrases_in(party, tuple(kinds)) for kind in kinds[phrase])
