"""Enquiries that no row of the cited item has, each beside a row in one thing: the kind of either party, the information, the affair, the
item, the version, the role (guide §2 Refusals 5 to 8, §6)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Final

from harness.contract.affairs import affairs
from harness.contract.items import informations
from harness.contract.law import Basis, Row, bases, table
from harness.contract.law.lawfulness import Asked, readings
from harness.contract.organisations import Organisation, network_organisation, organisations
from harness.contract.roles import role_fits, roles
from harness.contract.versions import FIRST
from harness.gateways.south import Request
from harness.stimuli.citations import Citation
from harness.stimuli.south_requests import enquiry, notice
from harness.stimuli.stage import Resident, Stage

_OF_EACH: Final = 10
_ROLES: Final = 3  # of each affair
_CODES: Final = 8
_ROWS: Final = 200  # of one バッチ


def unlawful(stage: Stage) -> None:
    """Singly and as rows of one バッチ; then roles, and partners that there are not."""
    if not stage.citations(asks=True):
        return
    resident = stage.registered(1)[0]
    wishes = [wish for found in _wishes(stage) for wish in stage.some(found, _OF_EACH)]
    stage.at_once([_single(stage, resident, wish) for wish in wishes])
    by_role: dict[str, list[Citation]] = {}
    for wish in wishes:
        by_role.setdefault(wish.role, []).append(wish)
    for role, some in by_role.items():
        for start in range(0, len(some), _ROWS):
            rows = [enquiry(wish, resident.local_id) for wish in some[start : start + _ROWS]]
            stage.ask(Request("POST", "/v1/batches", "business", {"rows": rows}, stage.staff(role)))
    stage.at_once(list(_by_other_roles(stage, resident)))
    stage.at_once(list(_to_nobody(stage, resident)))
    stage.at_once(
        [Request("GET", f"/v1/{name}/{stage.unused_id()}", "business") for name in ("batches", "notices")]
    )


def _single(stage: Stage, resident: Resident, wish: Citation) -> Request:
    body = enquiry(wish, resident.local_id, mode="オンライン")
    return Request("POST", "/v1/enquiries", "business", body, stage.staff(wish.role))


def _wishes(stage: Stage) -> Iterator[list[Citation]]:
    """By the thing in which they differ from a row."""
    declared, own, contract = stage.south.statement.declares.tables, stage.own, stage.south.statement.contract
    rows = [(name, row) for name in declared for row in table(name) if _role(row)]
    others = [o for o in organisations().values() if o not in (own, network_organisation())]
    mine = [(name, row) for name, row in rows if row.asks(own)]
    of_mine = [(n, r, o, i) for n, r in mine for o in others for i in r.information]
    of_others = [(n, r, o, i) for n, r in rows if not r.asks(own) for o in others for i in r.information]
    yield _not_lawful(own, contract, of_mine)
    yield _not_lawful(own, contract, of_others)
    yield [c for c in _not_lawful(own, contract, of_mine + of_others) if _is_lawful(c, by_kind=True)]
    yield _not_lawful(
        own, contract, ((n, r, o, i) for n, r in mine for o in others[:3] for i in informations())
    )
    yield _not_lawful(own, contract, _of_two_rows(mine, others))
    yield from _cited_amiss(stage, declared)


def _of_two_rows(
    rows: list[tuple[str, Row]], others: list[Organisation]
) -> Iterator[tuple[str, Row, Organisation, str]]:
    """The provider of one row and the information of another of the same item and affair."""
    for (name, one), (version, other) in product(rows, repeat=2):
        if (name, one.item, one.affair) == (version, other.item, other.affair) and one is not other:
            for partner in (o for o in others if any(one.provides(o, i) for i in one.information)):
                yield from ((name, one, partner, i) for i in other.information)


def _not_lawful(
    own: Organisation, contract: str, tried: Iterable[tuple[str, Row, Organisation, str]]
) -> list[Citation]:
    """However the contract lets tables be read."""
    found = {
        Citation(own, partner, name, row.item, row.affair, information, _role(row))
        for name, row, partner, information in tried
        if True not in Asked(Basis(name, row.item), own, row.affair, partner, information).verdicts(contract)
    }
    return sorted(found, key=repr)


def _cited_amiss(stage: Stage, declared: tuple[str, ...]) -> Iterator[list[Citation]]:
    """A lawful wish of another item, a near one, another affair, another version, or one that is not declared."""
    proper = stage.citations(asks=True)
    items = sorted({(c.table, c.item) for c in proper})
    wordings = [w for a in affairs().values() for w in a.wordings]
    others = [name for name in bases() if name not in declared]
    yield _unfit(replace(c, item=item) for c in proper for name, item in items if name == c.table)
    yield _unfit(
        replace(c, item=near) for c in proper for near in (f"{c.item}の2", f"{c.item}0", f"0{c.item}")
    )
    yield _unfit(
        replace(c, affair=wording) for c in proper for wording in wordings if role_fits(c.role, wording)
    )
    yield _unfit(
        replace(c, affair=f"{c.affair}{end}") for c in proper for end in (" ", "であって主務省令で定めるもの")
    )
    yield _unfit(replace(c, table=name) for c in proper for name in (*bases(), "2012-02-30", f"{c.table} "))
    yield [replace(c, table=name) for c in proper for name in others]


def _unfit(tried: Iterator[Citation]) -> list[Citation]:
    """Not lawful in any reading: the wrong item of an affair may be one that only kinds would let it cite."""
    found = {c for c in tried if not any(_is_lawful(c, by_kind=by_kind) for by_kind in readings(FIRST))}
    return sorted(found, key=repr)


def _is_lawful(c: Citation, *, by_kind: bool) -> bool:
    asked = Asked(Basis(c.table, c.item), c.requester, c.affair, c.provider, c.information)
    return asked.is_lawful(by_kind=by_kind)


def _role(row: Row) -> str:
    return next((code for code in roles() if role_fits(code, row.affair)), "")


def _by_other_roles(stage: Stage, resident: Resident) -> Iterator[Request]:
    """Each affair by every role that may not cite it, and by what is nearly one that may."""
    affairs_of = {c.affair: c for c in stage.citations(asks=True)}
    for number, citation in enumerate(affairs_of.values()):
        fit = {code for code in roles() if role_fits(code, citation.affair)}
        wrong = stage.some(sorted(set(roles()) - fit), _ROLES)
        for role in (*wrong, f"{citation.role}-", citation.role.swapcase(), citation.role[:-1]):
            if role in roles() and role_fits(role, citation.affair):
                continue
            staff = stage.staff(role, number)
            told = notice(citation, resident.local_id)
            yield Request("POST", "/v1/notices", "business", told, staff)
            body = enquiry(citation, resident.local_id, mode="バッチ")
            yield Request("POST", "/v1/enquiries", "business", body, staff)


def _to_nobody(stage: Stage, resident: Resident) -> Iterator[Request]:
    """Codes of six digits that no organisation has: near ones, and those of the guide's pattern."""
    citation = stage.draw.choice(stage.citations(asks=True))
    codes = organisations()
    near = {f"{(int(code) + step) % 10**6:06d}" for code in codes for step in (-1, 1)} | {
        code[::-1] for code in codes
    }
    for code in stage.some(sorted(near - set(codes)), _CODES):
        told = notice(citation, resident.local_id, to=code)
        yield Request("POST", "/v1/notices", "business", told, stage.staff(citation.role))
        body = enquiry(citation, resident.local_id, to=code, mode="オンライン")
        yield Request("POST", "/v1/enquiries", "business", body, stage.staff(citation.role))
    stranger = stage.residents(1)[0]
    for path, body in (
        ("/v1/notices", notice(citation, stranger.local_id)),
        ("/v1/enquiries", enquiry(citation, stranger.local_id, mode="オンライン")),
    ):
        yield Request("POST", path, "business", body, stage.staff(citation.role))
