"""What the registers of an organisation hold about a person, as data items of §3-4."""

from typing import Final

from harness.residents.household import Household
from harness.residents.people import Person, Sex
from harness.residents.records import Disability, Income, Pension

DataItems = dict[str, str | int | None]  # name → value, as a record holds them
TAX: Final = "地方税関係情報"
RESIDENT: Final = "住民票関係情報"
PENSION: Final = "公的年金給付関係情報"
DISABILITY: Final = "障害者関係情報"
DEGREES: Final = ("none", "ordinary", "special")


def tax_items(income: Income) -> DataItems:
    """個人住民税: every item that the register has, needed or not."""
    return {
        "相当年度": income.fiscal_year,
        "年税額": income.annual_tax,
        "市区町村民税均等割額": income.per_capita_levy,
        "市区町村民税所得割額": income.income_levy,
        "課税総所得額": income.taxable_income,
        "給与所得額": income.employment_income,
        "総所得額": income.total_income,
        "本人障害区分": str(DEGREES.index(income.disability)),
        "本人寡婦区分": str(DEGREES.index(income.widow)),
        "本人勤労学生区分": str(int(income.working_student)),
        "扶養親族数": income.dependants,
        "老人扶養親族数": income.elderly_dependants,
        "特定扶養親族数": income.specific_dependants,
    }


def resident_items(person: Person) -> DataItems:
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


def pension_items(home: Household, person: Person) -> DataItems:
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


def disability_items(known: Disability | None) -> DataItems:
    """障害者福祉: the 身体障害者手帳 and its grade."""
    return {
        "手帳の有無": "1" if known else "0",
        "障害等級": str(known.grade) if known else "0",
        "交付年月日": known.issued_on.isoformat() if known else "",
        "障害名": known.description if known else "",
    }


def sex_code(person: Person) -> str:
    """性別 as the data items write it: 1 男, 2 女."""
    return "1" if person.sex is Sex.MALE else "2"
