"""How an enquiry is answered: 自動 or 手動, by subject, affair and information (guide §2 Handling and pending)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, Self

from harness.model.history.exchanges import Call
from harness.model.history.history import History
from harness.model.history.spans import Span
from harness.model.state.register import UNKNOWN, Register, Unknown
from harness.model.state.subjects import Subjects

_AUTOMATIC, _MANUAL = "自動", "手動"
_MODES: Final = frozenset({_AUTOMATIC, _MANUAL})
SCOPES: Final = ("subject", "affair", "information")

Mode = str | Unknown


class Ways(NamedTuple):
    """How an enquiry may be answered. `manual`: the scopes that were switched to 手動 for certain; `perhaps`: that may have been."""

    automatic: bool
    by_hand: bool
    manual: tuple[str, ...]
    perhaps: tuple[str, ...]


def unanswered(call: Call) -> bool:
    """Nobody can tell whether it took effect: no whole answer came, or none of the contract."""
    refused = isinstance(call.answer, Mapping) and "code" in call.answer
    return call.status is None or (call.status >= 500 and not refused)


@dataclass(frozen=True)
class Handling:
    """Registers by scope and key. What was switched in a run before this one may still be: an affair or an information is
    UNKNOWN until it is switched, or until an automatic answer shows that it is not (`automatic`: scope and key → when)."""

    switched: Mapping[tuple[str, str], Register[Mode]]
    automatic: Mapping[tuple[str, str], float]
    subjects: Subjects
    declared: bool

    @classmethod
    def of(cls, history: History, subjects: Subjects, automatic: Mapping[tuple[str, str], float]) -> Self:
        """As `PUT /v1/handling` of the history leaves it."""
        switched: dict[tuple[str, str], Register[Mode]] = {}
        handling = cls(switched, automatic, subjects, history.declared.has("handling", _MANUAL))
        for call in history.calls:
            if call.method == "PUT" and call.path == "/v1/handling":
                handling._take(call, switched)
        return handling

    def ways(self, local_id: str, affair: str, information: str, during: Span) -> Ways:
        """Of an enquiry that is looked at during a span: by hand where any of the three is 手動."""
        found = [
            (scope, self._modes(scope, key, during))
            for scope, key in zip(SCOPES, (local_id, affair, information), strict=True)
        ]
        return Ways(
            all(_AUTOMATIC in modes or UNKNOWN in modes for _, modes in found),
            any(_MANUAL in modes or UNKNOWN in modes for _, modes in found),
            tuple(scope for scope, modes in found if modes == (_MANUAL,)),
            tuple(scope for scope, modes in found if _MANUAL in modes),
        )

    def automatic_again(self, scope: str, key: str, after: float, before: float) -> bool:
        """Was it switched to 自動 between two moments?"""
        register = self.switched.get((scope, key))
        writes = register.writes if register else ()
        return any(
            w.value == _AUTOMATIC and w.span.begin > after and w.span.end < before and w.certain
            for w in writes
        )

    def _modes(self, scope: str, key: str, during: Span) -> tuple[Mode, ...]:
        register = self.switched.get((scope, key))
        return register.possible(during) if register else (self._initial(scope, key, float("inf")),)

    def _initial(self, scope: str, key: str, switched: float) -> Mode:
        if not self.declared:
            return _AUTOMATIC
        if scope == "subject":
            codes = self.subjects.codes.get(key)
            return UNKNOWN if codes is not None and codes.initial is UNKNOWN else _AUTOMATIC
        return _AUTOMATIC if self.automatic.get((scope, key), float("inf")) < switched else UNKNOWN

    def _take(self, call: Call, switched: dict[tuple[str, str], Register[Mode]]) -> None:
        body = call.body if isinstance(call.body, Mapping) else {}
        scope, key, mode = body.get("scope"), body.get("key"), body.get("mode")
        done = call.status == 200
        if not (done or unanswered(call)) or str(mode) not in _MODES:
            return
        if isinstance(scope, str) and isinstance(key, str) and scope in SCOPES:
            if (scope, key) not in switched:
                initial = self._initial(scope, key, call.span.begin)
                switched[scope, key] = Register(initial)
            switched[scope, key].write(call.span, str(mode), certain=done)
