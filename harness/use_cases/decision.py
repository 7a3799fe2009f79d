"""What a benefit's rules answer: an outcome, an amount, the day it starts, whom or what it is about, and why."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple


class Outcome(Enum):
    """Outcomes in the words of the offices."""

    GRANTED = "認定"
    SUSPENDED = "支給停止"
    REFUSED = "却下"
    STARTED = "保護開始"
    APPROVED = "支給認定"
    TO_REVIEW = "審査会に付議"
    AWARDED = "裁定"
    REMIND = "勧奨"
    NOTHING_MISSING = "勧奨不要"
    ATTENTION = "確認が必要"
    IN_ORDER = "確認不要"
    REDUCED = "軽減"
    RELIEVED = "減免"
    TAXED = "課税"
    PAID = "支給"
    NOT_COVERED = "支給対象外"
    EXEMPT = "非課税"
    TOO_LITTLE = "免税点未満"


class Reason(NamedTuple):
    """One step of a decision in Japanese, and the article it rests on; "(own)" where the law is silent."""

    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision; reasons in the order they were applied, at least one.

    monthly_amount: yen, a month where the benefit is paid monthly, else the whole; 0 unless something is paid
    or to be paid. payment_from: the first day that it covers, None when it covers none. subjects: what is to be
    done about what, for reminders.
    """

    outcome: Outcome
    monthly_amount: int
    payment_from: date | None
    reasons: tuple[Reason, ...]
    subjects: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """The outcome in the words of the office."""
        return self.outcome.value


@dataclass(frozen=True, slots=True)
class Undecided:
    """No decision: a fact that the rules do not model, or a day that they do not cover. It has no amount, so that none
    can be compared; reasons name every such fact, at least one."""

    reasons: tuple[Reason, ...]

    @property
    def word(self) -> str:
        """判断しない, as scenarios and reports say it."""
        return UNDECIDED


UNDECIDED = "判断しない"
Judgement = Decision | Undecided


def yen(amount: int) -> str:
    """An amount as notices print it, such as 41,430円."""
    return f"{amount:,}円"
