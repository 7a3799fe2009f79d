"""Who may ask a gateway for an information, and what it may ask elsewhere: lawful, with a role that fits (guide §6)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from harness.catalogue.findings import ConfigurationError
from harness.contract.items import informations
from harness.contract.law import Basis, table
from harness.contract.law.lawfulness import readings
from harness.contract.law.regimes import rank
from harness.contract.organisations import NETWORK_KIND, Organisation, organisations
from harness.contract.roles import roles
from harness.contract.statement import Statement
from harness.contract.use_cases import use_cases
from harness.contract.versions import FIRST

YEAR = "2012"  # 相当年度 of whatever has one


@dataclass(frozen=True)
class Asking:
    """One lawful way to ask for an information: who asks whom, by which row, with which role. `use_case`: for which of
    §2-2, empty where any affair would do."""

    requester: Organisation
    provider: Organisation
    basis: Basis
    affair: str
    role: str
    information: str
    use_case: str = ""

    @property
    def title(self) -> str:
        """By which latencies are grouped."""
        return _title(self.information, self.use_case)

    @property
    def key(self) -> dict[str, str]:
        """The enquiry key (§3-4)."""
        return {"相当年度": YEAR} if informations()[self.information].key else {}

    @property
    def needed(self) -> tuple[str, ...]:
        """必要最小限 (§3-2): what the answer has, no more and no less."""
        return informations()[self.information].used_by(self.affair)


def asked_of(statement: Statement, information: str, use_case: str = "") -> Asking:
    """How a counterpart asks the gateway, for a use case or for any. Raises ConfigurationError where no row of the declared
    tables allows it."""
    own = _declaring(statement, "応答側")
    affairs = _affairs(use_case)
    found = (_asking(other, own, information, affairs, statement.declares.tables) for other in _others(own))
    asking = _first(
        found, f"{own.name}に {_title(information, use_case)} を照会できる相手と根拠が、宣言した表にない"
    )
    return replace(asking, use_case=use_case)


def asked_elsewhere(statement: Statement, information: str, use_case: str = "") -> Asking:
    """How the gateway asks a counterpart. Raises ConfigurationError as asked_of."""
    own = _declaring(statement, "照会側")
    affairs = _affairs(use_case)
    found = (_asking(own, other, information, affairs, statement.declares.tables) for other in _others(own))
    asking = _first(
        found, f"{own.name}が {_title(information, use_case)} を照会できる相手と根拠が、宣言した表にない"
    )
    return replace(asking, use_case=use_case)


def _title(information: str, use_case: str) -> str:
    return f"{use_case} {information}".strip()


def _affairs(use_case: str) -> tuple[str, ...] | None:
    """Those of a use case, None for any. Raises ConfigurationError for a use case that there is not."""
    if not use_case:
        return None
    if use_case not in use_cases():
        there = "、".join(use_cases())
        raise ConfigurationError(f"ユースケース {use_case} はない（ある: {there}）。")
    return use_cases()[use_case].affairs


def _declaring(statement: Statement, role: str) -> Organisation:
    if role not in statement.declares.roles:
        raise ConfigurationError(f"ゲートウェイは{role}を宣言していない。プロファイルの配分を改める。")
    return organisations()[statement.organisation]


def _first(found: Iterator[Asking | None], problem: str) -> Asking:
    asking = next((way for way in found if way), None)
    if asking is None:
        raise ConfigurationError(f"{problem}。プロファイルの連携情報を改める。")
    return asking


def _others(own: Organisation) -> list[Organisation]:
    """Everybody whom the bench plays, those of other kinds than the own last: 照会 between municipalities come first."""
    others = [other for other in organisations().values() if other != own and other.kind != NETWORK_KIND]
    return sorted(others, key=lambda other: other.kind != own.kind)


@cache
def _asking(
    requester: Organisation,
    provider: Organisation,
    information: str,
    affairs: tuple[str, ...] | None,
    tables: tuple[str, ...],
) -> Asking | None:
    known = informations().get(information)
    if known is None:
        return None
    for version in sorted(tables, key=rank, reverse=True):
        for row in table(version):
            # by competence and by kind: whatever the contract of the gateway, it may be asked for
            parties = all(
                row.asks(requester, by_kind=way) and row.provides(provider, information, by_kind=way)
                for way in readings(FIRST)
            )
            wanted = affairs is None or row.affair in affairs
            role = next((able.code for able in roles().values() if row.affair in able.affairs), None)
            if wanted and parties and role and known.used_by(row.affair):
                basis = Basis(version, row.item)
                return Asking(requester, provider, basis, row.affair, role, information)
    return None
