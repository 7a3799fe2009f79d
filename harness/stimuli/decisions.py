"""Enquiries that wait for staff: seen, approved, refused, expired, decided twice and at once, the record changed meanwhile (guide §2
Handling and pending)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from harness.contract.items import informations
from harness.contract.roles import owner_of, role_owns, roles
from harness.gateways.south import Request, Staff
from harness.stimuli.citations import Citation
from harness.stimuli.holdings import Record, deletion, record
from harness.stimuli.south_requests import log_about
from harness.stimuli.stage import AT_ONCE, Resident, Stage
from harness.stimuli.values import TEXTS
from harness.stimuli.waiting import approval, pending, refusal, switching, until_listed

_LONG, _SHORT, _OTHER = 60.0, 3.0, 30.0  # seconds that an enquiry lives; not in the order in which they come
_MANY: Final = 101  # lists are cut after 10, 20, 50 or 100
_CLOCKS: Final = 6.0  # seconds by which clocks may differ, and one more
_WORDS: Final = "暴力から逃れている方なので"  # staff's, with what a text may hold beside


@dataclass(frozen=True)
class _Waiting:
    """An enquiry by its correlation id, and for what it is."""

    id: str
    information: str

    @property
    def owner(self) -> str:
        """A role that may decide about it."""
        return owner_of(self.information)


def decisions(stage: Stage) -> None:
    """Every course that an enquiry by hand can take, for enquiries of both modes."""
    provides = list(stage.citations(asks=False))
    residents = stage.registered(12)
    rows = {r.local_id: _hold(stage, r, stage.draw.choice(provides)) for r in residents}
    staff = stage.staff(provides[0].role)
    for resident in residents:
        _switch(stage, resident, "手動", staff)
    waiting = [_wait(stage, resident, provides, rows, number) for number, resident in enumerate(residents)]
    _look(stage, waiting)
    _switch(stage, residents[0], "自動", staff)  # what waits goes on waiting
    later = _wait(stage, residents[0], provides, rows, 0)
    _change(stage, residents, rows)
    if stage.settles:
        _decide_for_others(stage, waiting)
    _look(stage, waiting)
    _decide(stage, waiting)
    _approve(stage)
    _look(stage, waiting)
    stage.pause(_SHORT + _CLOCKS)
    if stage.settles:
        _decide_for_others(stage, waiting)
    for one in [*waiting, later]:  # again, after an end, and after expiry
        stage.ask(approval(one.id, stage.staff(one.owner)))
        stage.ask(refusal(one.id, stage.staff(one.owner), "二度目"))
    _look(stage, waiting, 1)
    stage.settled({r.ref: 1 for r in residents[:1]})
    stage.at_once([log_about("business", one.id) for one in waiting])
    _crowd(stage, provides)


def _crowd(stage: Stage, provides: list[Citation]) -> None:
    """More wait than a page of a list usually shows."""
    resident = stage.registered(1)[0]
    citation = stage.draw.choice(provides)
    staff = stage.staff(citation.owner)
    _switch(stage, resident, "手動", staff)
    for number in range(_MANY):
        last = stage.enquired(resident, citation, key={"整理番号": str(number)}, expires_in_seconds=_OTHER)
    until_listed(stage, [str(last["correlation_id"])], staff, _SHORT)


def _hold(stage: Stage, resident: Resident, citation: Citation) -> Record:
    row = record(stage, resident, informations()[citation.information])
    stage.ask(Request("PUT", "/v1/records", "business", row))
    return row


def _switch(stage: Stage, resident: Resident, mode: str, staff: Staff) -> None:
    reason = stage.draw.choice(TEXTS)[:100] or "DV"
    stage.ask(switching("subject", resident.local_id, mode, reason, staff))


def _wait(
    stage: Stage, resident: Resident, provides: list[Citation], rows: Mapping[str, Record], number: int
) -> _Waiting:
    """An enquiry about somebody's record."""
    row = rows[resident.local_id]
    citation = stage.draw.choice([c for c in provides if c.information == row["information"]])
    life = (_LONG, _OTHER, _SHORT)[number % 3]
    mode = ("オンライン", "バッチ")[number % 2]
    said = stage.enquired(resident, citation, key=row["key"], mode=mode, expires_in_seconds=life)
    return _Waiting(str(said["correlation_id"]), citation.information)


def _change(stage: Stage, residents: list[Resident], rows: Mapping[str, Record]) -> None:
    """While they wait: of some the record goes, of some it becomes another."""
    for number, resident in enumerate(residents):
        row = rows[resident.local_id]
        if number % 4 == 1:
            stage.ask(deletion(row))
        elif number % 4 == 3:
            items = record(stage, resident, informations()[row["information"]])["items"]
            stage.ask(Request("PUT", "/v1/records", "business", {**row, "items": items}))


def _look(stage: Stage, waiting: Iterable[_Waiting], who: int = 0) -> None:
    """As every office is shown it that has to decide about something."""
    for owner in dict.fromkeys(one.owner for one in waiting):
        stage.ask(pending(stage.staff(owner, who)))


def _decide_for_others(stage: Stage, waiting: Iterable[_Waiting]) -> None:
    """By contract 2 who does not own the information decides nothing; by contract 1 that would be their decision."""
    for number, one in enumerate(waiting):
        others = [role for role in roles() if not role_owns(role, one.information)]
        if others:
            other = stage.staff(others[number % len(others)], number)
            stage.ask(refusal(one.id, other, _WORDS) if number % 2 else approval(one.id, other))


def _decide(stage: Stage, waiting: list[_Waiting]) -> None:
    """Each in another way; those that live shortest last, when they are over. More than two at once about one enquiry only contract 2
    asks a gateway to take: by the first, those that it takes at once concern different residents (guide §2 HTTP)."""
    times = AT_ONCE if stage.settles else 2
    for number, one in enumerate(waiting):
        if number % 3 == 2 and number % 2:
            continue  # expires
        id_, staff = one.id, stage.staff(one.owner)
        match number % 4:
            case 0:
                stage.at_once([approval(id_, staff)] * times)
            case 1:
                stage.ask(approval(id_, stage.staff(staff.role, number)))
            case 2:
                stage.ask(
                    refusal(id_, stage.staff(staff.role, number), f"{_WORDS}{stage.draw.choice(TEXTS)}"[:200])
                )
            case _:
                stage.at_once([approval(id_, staff), refusal(id_, staff, _WORDS)] * (times // 2))


def _approve(stage: Stage) -> None:
    """Nothing registered, another key only, several records, one that lacks items, one that has nothing for this affair, one deleted."""
    provides = stage.citations(asks=False)
    for keyed in (False, True):
        fitting = [c for c in provides if bool(informations()[c.information].key) is keyed]
        if not fitting:
            continue
        citation = stage.draw.choice(fitting)
        staff = stage.staff(citation.owner)
        residents = stage.registered(len(_HOLDINGS))
        for resident, changes in zip(residents, _HOLDINGS, strict=True):
            row = record(stage, resident, informations()[citation.information])
            _switch(stage, resident, "手動", staff)
            for change in changes:
                stage.ask(_held(stage, row, change))
            said = stage.enquired(resident, citation, key=row["key"], expires_in_seconds=_OTHER)
            stage.ask(approval(str(said["correlation_id"]), staff))


# What is registered before, by what it is to differ; another key twice, for no other table has staff approve what lies beside one.
_HOLDINGS: Final = (
    (),
    ("key",),
    ("", "key"),
    ("lacks",),
    ("nothing",),
    ("", "deleted"),
    ("key",),
    ("key", ""),
)


def _held(stage: Stage, row: Record, change: str) -> Request:
    if change == "deleted":
        return deletion(row)
    items = dict(row["items"])
    changed = {
        "key": {**row, "key": {**row["key"], "枝": "2"}, "items": {**items, "庁内メモ": "2"}},
        "lacks": {**row, "items": dict(list(items.items())[:1]), "reasons": {}},
        "nothing": {**row, "items": {"庁内メモ": "x"}, "reasons": {}},
    }
    return Request("PUT", "/v1/records", "business", changed.get(change, row))
