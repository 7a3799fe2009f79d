"""Which exchanges of one scenario belong together: those that name the same enquiry, message or batch, directly or by others between."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self, TypeVar

from harness.contract.refusals import refusals
from harness.model.history.exchanges import Call, Delivery, Sending
from harness.model.history.history import History

SHARED: Final = ""  # what names none belongs to all: residents, records, settings
_T = TypeVar("_T", Call, Delivery, Sending)
_IDS: Final = ("correlation_id", "message_id")
_MADE: Final = frozenset({"enquiry_id", "correlation_id", "batch_id", "notice_id", "lookup_id"})
_WORD: Final = re.compile(r"[0-9A-Za-z_-]{8,}")
_LISTS: Final = frozenset({"/v1/pending", "/v1/notices"})
_BESIDE: Final = "\n"


@dataclass(frozen=True)
class Threads:
    """`names`: of each id, the thread that it belongs to; `lines`: of each exchange by its line in the record. What was refused changed
    nothing: it is beside its thread, where there may be a thousand such."""

    names: dict[str, str]
    lines: dict[int, str]

    @classmethod
    def of(cls, history: History) -> Self:
        """Of a scenario without its logs."""
        told: tuple[Delivery | Sending, ...] = (*history.deliveries, *history.sendings)
        named = {one.number: list(_of_header(one)) for one in told}
        known = {id_ for ids in named.values() for id_ in ids}
        known |= {id_ for call in history.calls for id_ in _made(call.answer)}
        named |= {call.number: _of_call(call, known) for call in history.calls}
        names = _joined(named.values())
        lines = {number: names[ids[0]] if ids else SHARED for number, ids in named.items()}
        answered: tuple[Call | Delivery, ...] = (*history.calls, *history.deliveries)
        beside = (one.number for one in answered if _is_refused(one))
        return cls(names, lines | {number: f"{lines[number]}{_BESIDE}{number}" for number in beside})

    @property
    def all(self) -> Sequence[str]:
        """Every thread, and all that stands beside one."""
        return sorted({line for line in self.lines.values() if line != SHARED})

    def lines_of(self, name: str) -> Iterator[int]:
        """Where in the record its exchanges stand."""
        return (number for number, line in self.lines.items() if line == name)

    def owner(self, id_: str) -> str:
        """The thread of an id."""
        return self.names.get(id_, SHARED)

    def of_one(self, exchanges: Iterable[_T], name: str) -> tuple[_T, ...]:
        """Those of the thread and those of all."""
        return tuple(one for one in exchanges if self.lines[one.number] in seen_with(name))


def seen_with(name: str) -> frozenset[str]:
    """The threads whose exchanges are judged with it."""
    return frozenset({name, name.partition(_BESIDE)[0], SHARED})


def _of_header(told: Delivery | Sending) -> Iterator[str]:
    yield from (str(told.header[name]) for name in _IDS if told.header.get(name))


def _made(value: object) -> Iterator[str]:
    """Ids in what the gateway answered, at any depth."""
    if isinstance(value, list):
        for one in value:
            yield from _made(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if name in _MADE and isinstance(one, str):
                yield one
            yield from _made(one)


def _of_call(call: Call, known: set[str]) -> list[str]:
    """Lists name many that have nothing to do with each other."""
    if call.path in _LISTS and call.method == "GET":
        return []
    text = f"{call.path} {call.body} {call.answer}"
    return [word for word in _WORD.findall(text) if word in known]


def _joined(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            root[name] = name = root[root[name]]
        return name

    for ids in groups:
        for id_ in ids:
            root[find(id_)] = find(ids[0])
    return {name: find(name) for name in tuple(root)}


def _is_refused(one: Call | Delivery) -> bool:
    if isinstance(one, Delivery):
        return one.error is not None
    code = one.answer.get("code") if isinstance(one.answer, dict) else None
    return bool(one.scenario) and code in refusals() and one.status == refusals()[code].status
