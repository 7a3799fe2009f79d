"""What a benefit's rules answer: an outcome, an amount, the month it starts, and why."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple


class Outcome(Enum):
    """Outcome of a claim: granted, entitled but not paid, not entitled."""

    GRANTED = "認定"
    SUSPENDED = "支給停止"
    REFUSED = "却下"


class Reason(NamedTuple):
    """One step of a decision in Japanese, and the article it rests on; "(own)" where the law is silent."""

    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision. monthly_amount in yen, 0 unless granted; reasons in the order they were applied.

    payment_from: first day of the first month paid or suspended, None when refused.
    """

    outcome: Outcome
    monthly_amount: int
    payment_from: date | None
    reasons: tuple[Reason, ...]


def yen(amount: int) -> str:
    """An amount as notices print it, such as 41,430円."""
    return f"{amount:,}円"
