"""健診・予防接種: what a child who moved still needs, and what a child guidance centre must look into."""

from datetime import date
from typing import Final

from harness.use_cases.dated_rules import Row, in_force, load
from harness.use_cases.days import last_of_school_year
from harness.use_cases.decision import Decision, Judgement, Outcome, Reason
from harness.use_cases.health_history.facts import Facts
from harness.use_cases.modelled import judged, not_modelled

BENEFIT: Final = "health_history"
_UNKNOWN, _SPECIAL = "接種又は受診の記録がない", "日本脳炎の特例の対象者"


def months_old(birth: date, on: date) -> int:
    """満月齢."""
    return (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day)


def decide_reminder(facts: Facts) -> Judgement:
    """勧奨 of what is due now and was not done, or 勧奨不要; nothing where it is not known of something due whether it was."""
    return judged(BENEFIT, facts.circumstances, facts.on, lambda: _reminder(facts))


def decide_attention(facts: Facts) -> Judgement:
    """確認が必要 where the time of a 健診 is over and the child was not brought (own), or 確認不要."""
    return judged(BENEFIT, facts.circumstances, facts.on, lambda: _attention(facts))


def _reminder(facts: Facts) -> Judgement:
    schedule = _rule("schedule", facts.on)
    due = [
        row
        for table in ("vaccination", "polio", "checkup")
        for row in _rows(table, facts.on)
        if _is_due(row, facts)
    ]
    special = [row for row in due if _is_special(row, facts)]
    if special:
        return not_modelled(BENEFIT, _SPECIAL, _names(special))
    unknown = [row for row in due if row["item"] not in facts.done]
    if unknown:
        return not_modelled(BENEFIT, _UNKNOWN, _names(unknown))
    missing = [row for row in due if not facts.done[row["item"]]]
    if not missing:
        reason = Reason("時期にある予防接種と健診はすべて済んでいる", schedule["article"])
        return Decision(Outcome.NOTHING_MISSING, 0, None, (reason,))
    reasons = tuple(Reason(f"{row['name']}が済んでいない", row["article"]) for row in missing)
    return Decision(Outcome.REMIND, 0, facts.on, reasons, tuple(row["name"] for row in missing))


def _attention(facts: Facts) -> Judgement:
    age = months_old(facts.birth_date, facts.on)
    over = [row for row in _rows("checkup", facts.on) if age >= row["last"]]
    unknown = [row for row in over if row["item"] not in facts.done]
    if unknown:
        return not_modelled(BENEFIT, _UNKNOWN, _names(unknown))
    missed = [row for row in over if not facts.done[row["item"]]]
    if not missed:
        article = _rule("schedule", facts.on)["attention_article"]
        reason = Reason("受診の時期を過ぎた健診はすべて受けている", article)
        return Decision(Outcome.IN_ORDER, 0, None, (reason,))
    reasons = tuple(Reason(f"{row['name']}を受けずに時期を過ぎた", row["article"]) for row in missed)
    return Decision(Outcome.ATTENTION, 0, facts.on, reasons, tuple(row["name"] for row in missed))


def _is_due(row: Row, facts: Facts) -> bool:
    """Whether its time is now; done or not."""
    if facts.done.get(row.get("unless", "")):
        return False
    if "school" in row:
        return _school_year(facts.birth_date, row["school"], facts.on)
    if not row["first"] <= months_old(facts.birth_date, facts.on) < row["last"]:
        return False
    return "after" not in row or _is_long_after(row, facts)


def _is_long_after(row: Row, facts: Facts) -> bool:
    """A booster is due so long after the dose before; not where that one is missing, which is due itself."""
    before = facts.done.get(row["after"])
    return bool(before) and months_old(date.fromisoformat(str(before)), facts.on) >= row["months"]


def _is_special(row: Row, facts: Facts) -> bool:
    return (
        "special_before" in row
        and facts.birth_date < row["special_before"]
        and not facts.done.get(row["item"])
    )


def _school_year(birth: date, age: int, on: date) -> bool:
    return last_of_school_year(birth, age - 1) < on <= last_of_school_year(birth, age)


def _names(rows: list[Row]) -> str:
    return "、".join(row["name"] for row in rows)


def _rows(table: str, on: date) -> list[Row]:
    rule = _rule(table, on)
    return [{"article": rule["article"], **row} for row in rule["rows"]]


def _rule(table: str, on: date) -> Row:
    return in_force(load(BENEFIT)[table], on)
