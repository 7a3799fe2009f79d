"""Data items of §3-4 that came, as facts; and whether they are those that were registered."""

from typing import Any

from harness.catalogue.findings import NonconformityError
from harness.residents.data_items import DEGREES
from harness.use_cases.child_rearing_allowance.facts import IncomeFacts


def income_facts(items: dict[str, Any]) -> IncomeFacts:
    """Items of 地方税関係情報 as a business system reads them. Raises NonconformityError when it cannot."""
    return IncomeFacts(
        total_income=whole(items, "総所得額"),
        dependants=whole(items, "扶養親族数"),
        elderly_dependants=whole(items, "老人扶養親族数"),
        specific_dependants=whole(items, "特定扶養親族数"),
        disability=_coded(items, "本人障害区分"),
        widow=_coded(items, "本人寡婦区分"),
        working_student=text(items, "本人勤労学生区分") == "1",
    )


def pension_amounts(items: dict[str, Any]) -> tuple[int, ...]:
    """Annual amounts of 公的年金給付, empty where none is paid. Raises NonconformityError."""
    return (whole(items, "年金額"),) if text(items, "受給の有無") == "1" else ()


def is_disabled(items: dict[str, Any]) -> bool:
    """政令で定める程度の障害 (児童扶養手当法施行令1条): grades 1 to 3 count here (own). Raises NonconformityError."""
    return text(items, "障害等級") in {"1", "2", "3"}


def compare(items: dict[str, Any], registered: dict[str, Any]) -> None:
    """Type and value of each item that came; which items come is another requirement's matter."""
    if not items:
        raise NonconformityError("ITEMS_DIFFER", "応答に項目がない", "登録した項目")
    for name, value in items.items():
        if name in registered and (type(value), value) != (type(registered[name]), registered[name]):
            raise NonconformityError(
                "VALUE_CHANGED", f"{name} が {value!r}", f"登録した {registered[name]!r}"
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


def _coded(items: dict[str, Any], name: str) -> Any:
    code = text(items, name)
    if code not in {"0", "1", "2"}:
        raise NonconformityError("VALUE_CHANGED", f"{name} が {code!r}", "区分 0、1、2 のいずれか")
    return DEGREES[int(code)]


def whole(items: dict[str, Any], name: str) -> int:
    """An integer as a business system reads it. Raises NonconformityError."""
    value = _there(items, name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise NonconformityError("VALUE_CHANGED", f"{name} が {value!r}", "整数")
    return value


def text(items: dict[str, Any], name: str) -> str:
    """A text as a business system reads it. Raises NonconformityError."""
    value = _there(items, name)
    if not isinstance(value, str):
        raise NonconformityError("VALUE_CHANGED", f"{name} が {value!r}", "文字列")
    return value


def _there(items: dict[str, Any], name: str) -> Any:
    if name not in items:
        raise NonconformityError(
            "ITEMS_DIFFER", f"{name} がない（届いた項目: {'、'.join(items)}）", f"{name} が届く"
        )
    return items[name]
