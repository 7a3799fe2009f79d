"""Rows 5 to 9 of the refusals: whether an enquiry, a row of a バッチ or a 連絡 may go out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from harness.contract.law import Row, bases, table, versions
from harness.contract.law.lawfulness import readings
from harness.contract.organisations import Organisation, network_organisation
from harness.contract.roles import role_fits, roles
from harness.model.history.history import Declared
from harness.model.history.spans import Span
from harness.model.south.directories import Directories, Kinds
from harness.model.south.faults import Fault, decided, none_now, open_
from harness.model.state.subjects import Subjects

ROLE, NO_DIRECTORY, PARTNER = "ROLE_NOT_ALLOWED", "UNDELIVERED", "PARTNER_UNKNOWN"
BASIS, SUBJECT = "BASIS_NOT_LAWFUL", "SUBJECT_UNKNOWN"
OTHER_ROLE, NO_ROLE = "ほかの事務の職責", "roles.json にない職責"
NO_TABLE, UNDECLARED, NO_ITEM, NO_AFFAIR = "知らない版", "宣言しない根拠", "項", "事務"
COMPETENCE = "権限"  # of a kind that would do, and not competent
REQUESTER, PROVIDER, INFORMATION, TOGETHER = "照会者の種別", "提供者の種別", "情報", "組合せ"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to be sent, as far as it was said in texts: "" for what was not."""

    to: str
    table: str
    item: str
    affair: str
    information: str
    local_id: str
    mode: str

    @classmethod
    def of(cls, said: object) -> "Wish":
        """Of the body of a request, or a row of it."""
        body = said if isinstance(said, dict) else {}
        basis = body.get("basis")
        cited = basis if isinstance(basis, dict) else {}
        names = ("affair", "information", "local_id", "mode")
        return cls(
            _text(body, "to"), _text(cited, "table"), _text(cited, "item"), *(_text(body, n) for n in names)
        )


@dataclass(frozen=True)
class Senders:
    """What decides whether a wish is granted. `settles`: by contract 2."""

    declared: Declared
    directories: Directories
    subjects: Subjects
    settles: bool = False

    def faults(self, wish: Wish, role: str, during: Span, *, lawful: bool) -> Iterator[Fault]:
        """In the order of the list, of what is there; `lawful`: the table is looked at (a 連絡 is lawful outside of it)."""
        if role and wish.affair and not role_fits(role, wish.affair):
            yield Fault(ROLE, OTHER_ROLE if role in roles() else NO_ROLE)
        if not self.directories.has_one(during):
            yield open_(NO_DIRECTORY)
        kinds = self.directories.recent(during) if self.settles else self.directories.possible(during)
        partner = self._partner_fault(wish.to, kinds, lawful=lawful) if wish.to else None
        cited = lawful and wish.table and wish.item and wish.affair and wish.information
        basis = self._basis_fault(wish, kinds, during) if cited else None
        subject = self.subject_fault(wish.local_id, during) if wish.local_id else None
        yield from (fault for fault in (partner, basis, subject) if fault)

    def subject_fault(self, local_id: str, during: Span) -> Fault | None:
        """Row 9."""
        registered = self.subjects.registered(local_id, during)
        if True not in registered:
            return Fault(SUBJECT)
        return open_(SUBJECT) if False in registered else None

    def _partner_fault(self, to: str, directories: tuple[Kinds, ...], *, lawful: bool) -> Fault | None:
        """Whether the network is one of its organisations, and whether one may ask oneself, contract 1 leaves open."""
        there = {to in kinds for kinds in directories}
        if to == network_organisation().code:
            return decided("network-is-no-partner", PARTNER, "宛先", settles=self.settles)
        if to == self.declared.organisation:
            return none_now(
                "own-enquiry", PARTNER, "自団体", settles=self.settles and lawful and there == {True}
            )
        if there == {True}:
            return None
        return Fault(PARTNER) if there == {False} else open_(PARTNER)

    def _basis_fault(self, wish: Wish, directories: tuple[Kinds, ...], during: Span) -> Fault | None:
        if not self.declared.has("tables", wish.table):
            return Fault(BASIS, UNDECLARED if wish.table in bases() else NO_TABLE)
        found = set()
        own = self.declared.organisation
        for kinds in directories:
            for by_kind in readings(self.declared.contract):
                requester, provider = (_party(kinds, code) for code in (own, wish.to))
                found.add("?" if requester is None else _unlawful(wish, requester, provider, by_kind=by_kind))
        if found == {"?"} and all(own not in kinds for kinds in directories):
            return decided("own-kind", BASIS, "自団体が一覧にない", settles=self.settles)
        if found == {""}:
            if wish.table in versions() and not self.directories.names(wish.table, during):
                return none_now("tables-declared", BASIS, "一覧の示さない版", settles=self.settles)
            return None
        return open_(BASIS) if found & {"", "?"} else Fault(BASIS, min(found))


def _party(kinds: Kinds, code: str) -> Organisation | None:
    kind = kinds.get(code)
    return None if kind is None else Organisation(code, "", kind)


def _unlawful(wish: Wish, requester: Organisation, provider: Organisation | None, *, by_kind: bool) -> str:
    """Which member is not of any row of the item; empty where one row has them all, "?" where that depends on who the provider would be."""
    rows = _rows().get((wish.table, wish.item), ())
    if not rows:
        return NO_ITEM
    fitting = [row for row in rows if row.affair == wish.affair]
    if not fitting:
        return NO_AFFAIR
    checks = {
        REQUESTER: [row.asks(requester, by_kind=by_kind) for row in fitting],
        PROVIDER: [provider is None or _provides(row, provider, wish, by_kind=by_kind) for row in fitting],
        INFORMATION: [wish.information in row.information for row in fitting],
    }
    if any(all(row) for row in zip(*checks.values(), strict=True)):
        return "?" if provider is None else ""
    if not by_kind and not _unlawful(wish, requester, provider, by_kind=True):
        return COMPETENCE
    return next((word for word, met in checks.items() if not any(met)), TOGETHER)


def _provides(row: Row, provider: Organisation, wish: Wish, *, by_kind: bool) -> bool:
    """Any of its informations where it has not that one, which is a fault of its own."""
    asked = (wish.information,) if wish.information in row.information else row.information
    return any(row.provides(provider, information, by_kind=by_kind) for information in asked)


@cache
def _rows() -> Mapping[tuple[str, str], tuple[Row, ...]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for name in bases():
        for row in table(name):
            found[name, row.item].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def _text(said: Mapping[str, object], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""
