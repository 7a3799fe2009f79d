"""One check of the list, as it turns out for one message."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final, NamedTuple

from harness.contract.messages import Kind
from harness.contract.schemas import Deviation
from harness.contract.versions import FIRST
from harness.model.history.exchanges import Delivery
from harness.model.history.history import Declared
from harness.model.inbox.envelope import Envelope, Letter
from harness.model.inbox.jose import Content
from harness.model.state.asked import Asked
from harness.model.state.directory import Directory
from harness.model.state.subjects import Subjects
from harness.model.state.taken import Taken

ANSWERS: Final = frozenset(
    {Kind.ANSWER, Kind.ERROR}
)  # what comes to whoever asked, with requirements of its own
MALFORMED: Final = "MALFORMED"
SIGNATURE_INVALID: Final = "SIGNATURE_INVALID"
KEY_NOT_VALID: Final = "KEY_NOT_VALID"
_DEEP: Final = 2  # below a member of a member are values that somebody chose


class Step(NamedTuple):
    """`codes`: with which the check may refuse; `passes`: may it let the message go on? `rule` and `variant` of what it looks at;
    `free`: from here on nothing is judged; `open_before`: with which it might have been refused as contract 1 reads, where a later one
    lets the message go on."""

    rule: str
    variant: str
    codes: frozenset[str]
    passes: bool
    free: bool = False
    open_before: frozenset[str] = frozenset()


FREE: Final = Step("", "", frozenset(), passes=True, free=True)


def fails(rule: str, variant: str, *codes: str) -> Step:
    """It does not let it go on, for certain."""
    return Step(rule, variant, frozenset(codes), passes=False)


def place_of(first: Deviation, whole: str, below: str = "") -> str:
    """Where a text leaves its schema, as the alternatives of a rule name it; `below`: what is said of all that lies deeper."""
    if first.keyword == "additionalProperties":
        return "余分な項目"
    names = [str(name) for name in first.place if name != whole]
    return ("/".join(names[:_DEEP]) or whole) + (below if len(names) > _DEEP else "")


def may_fail(*codes: str) -> Step:
    """The text can be read in either way, or nobody can tell from outside."""
    return Step("", "", frozenset(codes), passes=True)


def must_pass(rule: str, variant: str, *codes: str) -> Step:
    """Contract 2 lets it go on, where contract 1 leaves it open whether it is refused with one of these codes."""
    return Step(rule, variant, frozenset(), passes=True, open_before=frozenset(codes))


def decided(step: Step, *, settles: bool) -> Step:
    """What contract 2 decides; contract 1 leaves it open whether it is refused with one of the same codes (guide §12)."""
    return step if settles else may_fail(*(step.codes | step.open_before))


@dataclass(frozen=True)
class Inbox:
    """What there is to know beside the message. `replied`: correlation id → when the first reply to it had been accepted;
    `opened`: correlation id → ids of the messages that would begin it; `restarts`: when the gateway was killed, in order; `real`: codes
    of counterparts that the bench does not play."""

    declared: Declared
    taken: Taken
    asked: Asked
    subjects: Subjects
    replied: Mapping[str, float]
    opened: Mapping[str, Set[str]]
    restarts: tuple[float, ...]
    real: Set[str] = frozenset()

    @property
    def settles(self) -> bool:
        """Is it judged by contract 2, which decides what contract 1 leaves open (guide §12)?"""
        return self.declared.contract != FIRST

    @property
    def encryption_kid(self) -> object:
        """Of the gateway's own key."""
        return self.declared.keys.get("encryption", {}).get("kid")

    def answered(self, correlation_id: str, delivery: Delivery) -> bool:
        """Had a reply been accepted before this one came?"""
        return self.replied.get(correlation_id, float("inf")) < delivery.span.begin

    def in_use(self, correlation_id: str) -> bool:
        """May an enquiry find its correlation id used by another, before or at the same time?"""
        return len(self.opened.get(correlation_id, ())) > 1 or correlation_id in self.asked.questions


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message at the inbox of a gateway that holds a certain directory."""

    inbox: Inbox
    letter: Letter
    directory: Directory

    @property
    def delivery(self) -> Delivery:
        """When it came, and what was said."""
        return self.letter.delivery

    @property
    def envelope(self) -> Envelope:
        """What was posted."""
        return self.letter.envelope

    @property
    def content(self) -> Content:
        """What is encrypted in it."""
        return self.letter.content

    @property
    def kind(self) -> str:
        """Of message."""
        return self.letter.kind
