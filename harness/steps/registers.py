"""What the registers of an organisation hold about a person, as data items of §3-4, and the way back to facts."""

from typing import Any

from harness.bench.registration import sex_code
from harness.benefits.child_rearing_allowance_facts import IncomeFacts
from harness.residents.household import Household
from harness.residents.people import Person
from harness.residents.records import Disability, Income, Pension
from harness.spec.findings import NonconformityError

TAX = "地方税関係情報"
RESIDENT = "住民票関係情報"
PENSION = "公的年金給付関係情報"
DISABILITY = "障害者関係情報"
_DEGREES = ("none", "ordinary", "special")


def tax_items(income: Income) -> dict[str, Any]:
    """個人住民税: every item that the register has, needed or not."""
    return {
        "相当年度": income.fiscal_year,
        "年税額": income.annual_tax,
        "市区町村民税均等割額": income.per_capita_levy,
        "市区町村民税所得割額": income.income_levy,
        "課税総所得額": income.taxable_income,
        "給与所得額": income.employment_income,
        "総所得額": income.total_income,
        "本人障害区分": str(_DEGREES.index(income.disability)),
        "本人寡婦区分": str(_DEGREES.index(income.widow)),
        "本人勤労学生区分": str(int(income.working_student)),
        "扶養親族数": income.dependants,
        "老人扶養親族数": income.elderly_dependants,
        "特定扶養親族数": income.specific_dependants,
    }


def resident_items(person: Person) -> dict[str, Any]:
    """住民基本台帳; the 本籍 is there and is nobody's business here."""
    return {
        "氏名": person.name,
        "氏名カナ": person.kana,
        "生年月日": person.birth_date.isoformat(),
        "性別": sex_code(person),
        "住所": person.address.text,
        "続柄": person.relation,
        "住民となった日": person.resident_since.isoformat(),
        "本籍": person.address.prefecture + person.address.city,
    }


def pension_items(home: Household, person: Person) -> dict[str, Any]:
    """年金給付: whether one is paid, and how much a year."""
    pensions = home.pensions_of(person)
    first: Pension | None = pensions[0] if pensions else None
    return {
        "受給の有無": "1" if first else "0",
        "年金種別": first.kind if first else "なし",
        "年金額": sum(p.annual_amount for p in pensions),
        "基礎年金番号": first.basic_number if first else "",
        "振込先口座": "普通　００００００１" if first else "",
    }


def disability_items(known: Disability | None) -> dict[str, Any]:
    """障害者福祉: the 身体障害者手帳 and its grade."""
    return {
        "手帳の有無": "1" if known else "0",
        "障害等級": str(known.grade) if known else "0",
        "交付年月日": known.issued_on.isoformat() if known else "",
        "障害名": known.description if known else "",
    }


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
    return _DEGREES[int(code)]


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
