"""Data items as an office reads them: what is not there or cannot be read is a NonconformityError."""

from harness.catalogue.findings import NonconformityError
from harness.residents.people import Person
from harness.use_cases.claim import Items, Knowledge


def must_know(known: Knowledge, person: Person, information: str) -> Items:
    """The items of an information without which nothing can be decided. Raises NonconformityError."""
    items = known(person, information)
    if items is None:
        raise NonconformityError("ITEMS_DIFFER", f"{information}がない", f"判断に要る{information}")
    return items


def is_paid(items: Items | None) -> bool:
    """受給の有無; no where nobody asked. Raises NonconformityError."""
    return items is not None and text(items, "受給の有無") == "1"


def whole(items: Items, name: str) -> int:
    """An integer. Raises NonconformityError."""
    value = _there(items, name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise NonconformityError("VALUE_CHANGED", f"{name} が {value!r}", "整数")
    return value


def text(items: Items, name: str) -> str:
    """A text. Raises NonconformityError."""
    value = _there(items, name)
    if not isinstance(value, str):
        raise NonconformityError("VALUE_CHANGED", f"{name} が {value!r}", "文字列")
    return value


def _there(items: Items, name: str) -> object:
    if name not in items:
        raise NonconformityError(
            "ITEMS_DIFFER", f"{name} がない（届いた項目: {'、'.join(items)}）", f"{name} が届く"
        )
    return items[name]
