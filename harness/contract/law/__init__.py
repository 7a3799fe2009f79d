"""番号法別表第二 and further bases as data: an enquiry is lawful only when requester, affair, provider and information
match a row."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from harness.contract.affairs import affairs
from harness.contract.organisations import Organisation
from harness.contract.resources import resource, toml

_BY_ORDINANCE = "であって主務省令で定めるもの"
_DEFINED = re.compile(r"以下「([^」]+情報)」という")


@dataclass(frozen=True)
class Basis:
    """A legal basis (根拠): version of the table and item (項)."""

    table: str
    item: str


@dataclass(frozen=True)
class Row:
    """One row of 別表第二, read: organisation kinds of both parties and the names of the informations."""

    item: str
    requester: str
    requester_kinds: frozenset[str]
    affair: str
    provider: str
    provider_kinds: frozenset[str]
    information: tuple[str, ...]
    text: str


@cache
def versions() -> tuple[str, ...]:
    """Versions of 別表第二 that the project carries, oldest first."""
    names = (entry.name for entry in resource("law").iterdir())
    return tuple(
        sorted(n.removeprefix("table2_").removesuffix(".tsv") for n in names if n.startswith("table2_"))
    )


@cache
def further_bases() -> tuple[str, ...]:
    """Legal bases beside 別表第二 (条例 and the like), by the word that stands in `basis.table`."""
    return tuple(basis["name"] for basis in toml("law", "other_bases.toml")["basis"])


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
    text = resource("law", f"table2_{version}.tsv").read_text(encoding="utf-8")
    rows = [r for r in csv.DictReader(text.splitlines(), delimiter="\t") if r["affair"]]
    defined = sorted({name for r in rows for name in _DEFINED.findall(r["info"])})
    return tuple(_read(r, tuple(defined)) for r in rows)


def is_lawful(
    basis: Basis, requester: Organisation, affair: str, provider: Organisation, information: str
) -> bool:
    """番号法19条7号: do the four match a row of the cited item? An unknown table version is not lawful."""
    if basis.table not in bases():
        return False
    return any(
        row.item == basis.item
        and row.affair == affair
        and requester.kind in row.requester_kinds
        and provider.kind in row.provider_kinds
        and information in row.information
        for row in table(basis.table)
    )


def item_of(name: str, wordings: Sequence[str], information: str = "", requester: str = "") -> str:
    """The item (項) under which a version or further basis has an affair, in any of its wordings; where there are several,
    that of the kind of requester and of the information. Raises LookupError where it has none, as for an unknown name."""
    rows = [row for row in table(name) if row.affair in wordings] if name in bases() else []
    rows = [row for row in rows if not requester or requester in row.requester_kinds]
    if not rows:
        raise LookupError(f"{name} に {wordings[0]} の項はない")
    return next((row.item for row in rows if information in row.information), rows[0].item)


def _further_rows(name: str) -> Iterator[Row]:
    basis = next(b for b in toml("law", "other_bases.toml")["basis"] if b["name"] == name)
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
        )


def _read(row: dict[str, str], defined: tuple[str, ...]) -> Row:
    short = {i["phrase"]: i["name"] for i in toml("law", "terms.toml")["information"]}
    named = _phrases_in(row["info"], (*short, *defined))
    return Row(
        item=f"{row['item']}の{row['sub']}" if row["sub"] else row["item"],
        requester=row["requester"],
        requester_kinds=_kinds(row["requester"]),
        affair=row["affair"].removesuffix(_BY_ORDINANCE),
        provider=row["provider"],
        provider_kinds=_kinds(row["provider"]),
        information=tuple(short.get(n, n) for n in named) or (row["info"].removesuffix(_BY_ORDINANCE),),
        text=row["info"],
    )


def _kinds(party: str) -> frozenset[str]:
    kinds = {t["phrase"]: t["kinds"] for t in toml("law", "terms.toml")["party"]}
    return frozenset(kind for phrase in _phrases_in(party, tuple(kinds)) for kind in kinds[phrase])


def _phrases_in(text: str, phrases: tuple[str, ...]) -> list[str]:
    """Longest first and taken out once found: 特別児童扶養手当関係情報 must not count as 児童扶養手当関係情報."""
    found = []
    for phrase in sorted(phrases, key=len, reverse=True):
        if phrase in text:
            found.append(phrase)
            text = text.replace(phrase, "")
    return found
