"""Organisations that take part in an exchange, and the kinds by which 別表第二 names them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from harness.contract.resources import toml

NETWORK_KIND = "情報提供ネットワークシステム"


@dataclass(frozen=True)
class Organisation:
    """One organisation: 6-digit code, name, kind (市町村, 都道府県, 日本年金機構, 共済組合 …)."""

    code: str
    name: str
    kind: str


@cache
def organisations() -> dict[str, Organisation]:
    """All organisations of the bench by code, the network included."""
    rows = toml("organisations.toml")["organisation"]
    return {r["code"]: Organisation(r["code"], r["name"], r["kind"]) for r in rows}


@cache
def attributes_since() -> Mapping[str, Mapping[str, str]]:
    """Attributes (属性) of organisations by code: each with the day (YYYY-MM-DD) since which it is had."""
    rows = toml("organisations.toml")["organisation"]
    return MappingProxyType({r["code"]: MappingProxyType(r.get("attributes", {})) for r in rows})


@cache
def attributes(organisation: Organisation, day: str) -> frozenset[str]:
    """What an organisation is on a day (empty: ever): its kind, which alone counts for one that the table does not have, or has as
    another kind, and its attributes."""
    known = organisations().get(organisation.code)
    since = attributes_since()[known.code] if known and known.kind == organisation.kind else {}
    return frozenset({organisation.kind, *(name for name, begin in since.items() if not day or begin <= day)})


@cache
def network_organisation() -> Organisation:
    """The network itself; it signs what it relays."""
    return next(o for o in organisations().values() if o.kind == NETWORK_KIND)


def by_name(name: str) -> Organisation:
    """An organisation by its name. Raises KeyError naming the ones there are."""
    for organisation in organisations().values():
        if organisation.name == name:
            return organisation
    raise KeyError(f"{name}: 団体は {'、'.join(o.name for o in organisations().values())} のみ")
