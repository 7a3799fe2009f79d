"""What two gateways may ask and tell each other: by what both declare, by what their organisations are competent for, by the law."""

from collections.abc import Iterator
from typing import Final

from harness.contract.items import informations
from harness.contract.law import table
from harness.contract.law.lawfulness import readings
from harness.contract.organisations import Organisation, organisations
from harness.contract.roles import role_fits, roles
from harness.contract.statement import Statement
from harness.contract.use_cases import case_documents
from harness.stimuli.citations import Citation
from harness.use_cases.purposes import purposes

ASKING, PROVIDING, TELLING = "照会側", "応答側", "連絡"
_NOTICE: Final = "連絡"  # 連携形態 of an information


def crossings(requester: Statement, provider: Statement) -> tuple[Citation, ...]:
    """Every affair and information that the one may ask the other for, on each basis that both declare, lawful however either contract
    lets tables be read."""
    if ASKING not in requester.declares.roles or PROVIDING not in provider.declares.roles:
        return ()
    ways = {way for statement in (requester, provider) for way in readings(statement.contract)}
    asks, provides = _organisation(requester), _organisation(provider)
    return tuple(
        Citation(asks, provides, name, row.item, row.affair, information, role)
        for name in _both(requester, provider)
        for row in table(name)
        if (role := next((code for code in roles() if role_fits(code, row.affair)), None)) is not None
        for information in row.information
        if information in informations()
        and all(
            row.asks(asks, by_kind=way) and row.provides(provides, information, by_kind=way) for way in ways
        )
    )


def tellings(sender: Statement, recipient: Statement) -> tuple[Citation, ...]:
    """Every affair and information of the use cases that both declare of which one office tells the other (連絡 is lawful outside of
    the tables, guide §2); who is told stands as the provider, to whom a request is addressed."""
    if any(TELLING not in statement.declares.roles for statement in (sender, recipient)):
        return ()
    found: dict[tuple[str, str], Citation] = {}
    for affair, role, information, basis in _told(sender, recipient):
        ends = _organisation(sender), _organisation(recipient)
        citation = Citation(*ends, basis[0], basis[1], affair, information, role)
        found.setdefault((affair, information), citation)
    return tuple(found.values())


def _told(one: Statement, other: Statement) -> Iterator[tuple[str, str, str, tuple[str, str]]]:
    declared = _both(one, other)
    both = {*one.declares.use_cases} & {*other.declares.use_cases}
    for case in (case for case in case_documents().values() if case["name"] in both):
        for row in case.get("purpose", ()):
            purpose = purposes()[row["name"]]
            for information in purpose.of.informations if purpose.role else ():
                if _NOTICE in informations()[information].forms:
                    basis = purpose.basis(declared, information)
                    yield purpose.affair, purpose.role, information, (basis.table, basis.item)


def _both(one: Statement, other: Statement) -> tuple[str, ...]:
    return tuple(name for name in one.declares.tables if name in other.declares.tables)


def _organisation(statement: Statement) -> Organisation:
    return organisations()[statement.organisation]
