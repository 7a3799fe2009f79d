"""For what a request is to be refused, in the order of the list of guide §2."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Self

from harness.contract.messages import parse_timestamp
from harness.model.history.history import History
from harness.model.south import bodies, callers, declaring
from harness.model.south.directories import Directories
from harness.model.south.faults import Fault, none_now, open_
from harness.model.south.given import BATCH, ENQUIRY, NOTICE, Given
from harness.model.south.requests import Asked, Request
from harness.model.south.wishes import NO_DIRECTORY, ROLE, SUBJECT, Senders, Wish
from harness.model.state.subjects import Subjects

NOT_FOUND, STALE = "NOT_FOUND", "VERSION_STALE"
_GIVEN: Final = {"enquiries": ENQUIRY, "batches": BATCH, "notices": NOTICE}
_ANY_ROLE: Final = "どの職責でも"  # the list shows less to some, and is refused to none
_TIMES: Final = frozenset({"since", "until"})


@dataclass(frozen=True)
class Refusing:
    """What decides over every request of a run."""

    history: History
    senders: Senders
    given: Given

    @classmethod
    def of(cls, history: History) -> Self:
        """As the history leaves it, and contract 1 reads."""
        senders = Senders(history.declared, Directories.of(history), history.once(Subjects.of))
        return cls(history, senders, Given.of(history))

    def by_contract_2(self) -> "Refusing":
        """The same as contract 2 reads."""
        return replace(self, senders=replace(self.senders, settles=True))

    def faults(self, asked: Asked) -> list[Fault]:
        """Everything that is or may be wrong, in the order of the list."""
        body, _ = bodies.read(asked.call) if asked.request.body else (None, None)
        settles = self.senders.settles
        first = (
            callers.token_fault(asked),
            callers.staff_fault(asked, settles=settles),
            callers.session_fault(asked, settles=settles),
            bodies.size_fault(asked, settles=settles),
            bodies.fault_of(asked, settles=settles) or _filter_fault(asked),
            declaring.fault_of(asked, body, self.history.declared, settles=settles),
        )
        return [*(fault for fault in first if fault), *self._further(asked, body)]

    def row_faults(self, asked: Asked, row: object) -> list[Fault]:
        """Of one row of a バッチ, whose request was taken."""
        wish = Wish.of(row)
        faults = [*self.senders.faults(wish, _role(asked), asked.call.span, lawful=True)]
        if declaring.of_no_declared_case(wish.affair, self.history.declared):
            faults.insert(0, open_(declaring.CODE))
        return faults

    def _further(self, asked: Asked, body: object) -> Iterator[Fault]:
        further = asked.request.further
        if not further:
            return
        if NO_DIRECTORY in further:
            lawful = asked.request.group == "enquiries"
            yield from self.senders.faults(Wish.of(body), _role(asked), asked.call.span, lawful=lawful)
            return
        for code in further:
            if code == SUBJECT:
                fault = self._subject_fault(asked, body)
            elif code == NOT_FOUND and asked.request.group in _GIVEN:
                fault = self._given_fault(asked)
            elif code == STALE and not (isinstance(body, dict) and "version" in body):
                fault = None
            elif code == ROLE and asked.named is None:
                fault = none_now("pending-by-owner", ROLE, _ANY_ROLE, settles=self.senders.settles)
            else:  # what is held, waits, whose it is or is allowed to a portal is for others to judge
                fault = open_(code)
            if fault:
                yield fault

    def _subject_fault(self, asked: Asked, body: object) -> Fault | None:
        said = body if isinstance(body, dict) else {}
        handling = asked.request.group == "handling"
        if handling and said.get("scope") != "subject":
            return None
        local_id = said.get("key" if handling else "local_id")
        return self.senders.subject_fault(local_id, asked.call.span) if isinstance(local_id, str) else None

    def _given_fault(self, asked: Asked) -> Fault | None:
        exists = self.given.exists(_GIVEN[asked.request.group], asked.named or "", asked.call.span)
        if True not in exists:
            return Fault(NOT_FOUND)
        return open_(NOT_FOUND) if False in exists else None


def codes_of(request: Request) -> tuple[str, ...]:
    """Every code with which a request can be refused, in the order of the list."""
    session = (callers.STAFF, callers.SESSION) if request.acts else ()
    token = (callers.TOKEN,) if request.caller else ()
    body = (bodies.CODE,) if request.body else ()
    declared = (declaring.CODE,) if request.needs else ()
    return (*token, *session, *body, *declared, *request.further)


def _filter_fault(asked: Asked) -> Fault | None:
    """What a log does with a moment that is none is left open (§11)."""
    if asked.request.group != "logs":
        return None
    return (
        None
        if all(_is_moment(value) for name, value in asked.call.query if name in _TIMES)
        else open_(bodies.CODE)
    )


def _is_moment(text: str) -> bool:
    try:
        return bool(parse_timestamp(text))
    except (ValueError, OverflowError):
        return False


def _role(asked: Asked) -> str:
    return (asked.call.staff.role or "").strip(" \t")
