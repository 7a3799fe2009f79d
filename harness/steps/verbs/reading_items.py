"""Whether data items of §3-4 that came are those that were registered."""

from typing import Any

from harness.catalogue.findings import NonconformityError
from harness.contract.texts import in_json


def compare(items: dict[str, Any], registered: dict[str, Any]) -> None:
    """Type and value of each item that came; which items come is another requirement's matter."""
    if not items:
        raise NonconformityError("ITEMS_DIFFER", "応答に項目がない", "登録した項目")
    for name, value in items.items():
        if name in registered and (type(value), value) != (type(registered[name]), registered[name]):
            raise NonconformityError(
                "VALUE_CHANGED", f"{name} が {in_json(value)}", f"登録した {in_json(registered[name])}"
            )


def must_belong(items: dict[str, Any], asked: dict[str, Any], another: dict[str, Any]) -> None:
    """Which of two records came, by the items in which they differ. Whether each value arrives exactly is another
    requirement's matter, so one value that was changed on the way convicts nothing here."""
    telling = {n: v for n, v in items.items() if n in asked and asked[n] != another.get(n)}
    others = [n for n, v in telling.items() if v == another.get(n)]
    if others or not any(v == asked[n] for n, v in telling.items()):
        observed = (
            f"{'、'.join(others)}が別の情報のもの"
            if others
            else f"求めた情報の項目がない（届いた項目: {'、'.join(items)}）"
        )
        raise NonconformityError("WRONG_RECORD", observed, "照会された人と年度の情報")
