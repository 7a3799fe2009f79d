"""Whether a claim can be decided at all: what the rules of a benefit do not model is named, never guessed."""

from collections.abc import Callable, Collection
from datetime import date

from harness.use_cases.dated_rules import OutsideTablesError, Row, load
from harness.use_cases.decision import Judgement, Reason, Undecided

_OWN = "own"


def judged(
    benefit: str, circumstances: Collection[str], on: date, decide: Callable[[], Judgement]
) -> Judgement:
    """What `decide` comes to, unless the claim has a circumstance that the rules do not model on that day (`unmodelled` of
    rules.toml; one that stands nowhere is not modelled either), or a day outside of the tables."""
    reasons = tuple(_reason(benefit, name) for name in circumstances if is_unmodelled(benefit, name, on))
    if reasons:
        return Undecided(reasons)
    try:
        return decide()
    except OutsideTablesError as error:
        return Undecided((Reason(str(error), _OWN),))


def is_unmodelled(benefit: str, name: str, on: date) -> bool:
    """Whether a fact matters on a day and is not modelled; one that the rules do not name is not. Rows without dates hold
    for ever."""
    rows = _rows(benefit, name)
    return not rows or any(row.get("from", on) <= on <= row.get("until", on) for row in rows)


def not_modelled(benefit: str, name: str, found: str = "") -> Undecided:
    """For a fact that the rules name and do not model; `found`: what was seen of it."""
    reason = _reason(benefit, name)
    return Undecided((Reason(f"{reason.text}{f'（{found}）' if found else ''}", reason.article),))


def _rows(benefit: str, name: str) -> list[Row]:
    return [row for row in load(benefit).get("unmodelled", ()) if row["fact"] == name]


def _reason(benefit: str, name: str) -> Reason:
    rows = _rows(benefit, name)
    return Reason(f"「{name}」を規則に入れていない", rows[0]["article"] if rows else _OWN)
