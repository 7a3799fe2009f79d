"""健診・予防接種: what a child who moved still needs, and what a child guidance centre must look into."""

from datetime import date

from harness.use_cases.dated_rules import Row, in_force, load
from harness.use_cases.decision import Decision, Outcome, Reason
from harness.use_cases.health_history.facts import Facts

BENEFIT = "health_history"


def months_old(birth: date, on: date) -> int:
    """満月齢."""
    return (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day)


def decide_reminder(facts: Facts) -> Decision:
    """勧奨 of what is due now and was not done (予防接種法8条), or 勧奨不要."""
    schedule = in_force(load(BENEFIT)["schedule"], facts.on)
    due = [row for row in _rows(schedule) if _is_due(row, facts) and not facts.done.get(row["item"])]
    if not due:
        reason = Reason("時期にある予防接種と健診はすべて済んでいる", schedule["article"])
        return Decision(Outcome.NOTHING_MISSING, 0, None, (reason,))
    reasons = tuple(Reason(f"{row['name']}が済んでいない", row["article"]) for row in due)
    return Decision(Outcome.REMIND, 0, facts.on, reasons, tuple(row["name"] for row in due))


def decide_attention(facts: Facts) -> Decision:
    """確認が必要 where the time of a 健診 is over and the child was not brought (own), or 確認不要."""
    schedule = in_force(load(BENEFIT)["schedule"], facts.on)
    age = months_old(facts.birth_date, facts.on)
    missed = [row for row in schedule["checkup"] if age >= row["last"] and not facts.done.get(row["item"])]
    if not missed:
        reason = Reason("受診の時期を過ぎた健診はすべて受けている", schedule["attention_article"])
        return Decision(Outcome.IN_ORDER, 0, None, (reason,))
    reasons = tuple(Reason(f"{row['name']}を受けずに時期を過ぎた", row["article"]) for row in missed)
    return Decision(Outcome.ATTENTION, 0, facts.on, reasons, tuple(row["name"] for row in missed))


def _rows(schedule: Row) -> list[Row]:
    return [*schedule["vaccination"], *schedule["checkup"]]


def _is_due(row: Row, facts: Facts) -> bool:
    return bool(row["first"] <= months_old(facts.birth_date, facts.on) < row["last"])
