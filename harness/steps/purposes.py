"""For what a scenario asks: affair, item of 別表第二, and a role that may cite the affair."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Purpose:
    """One affair in the words of the table, the item that has it, and the role code."""

    affair: str
    item: str
    role: str


PURPOSES = {
    "児童扶養手当の支給": Purpose(
        "児童扶養手当法による児童扶養手当の支給に関する事務", "57", "child-allowance"
    ),
    "生活保護の決定": Purpose(
        "生活保護法による保護の決定及び実施又は徴収金の徴収に関する事務", "26", "public-assistance"
    ),
    "児童手当の支給": Purpose(
        "児童手当法による児童手当又は特例給付の支給に関する事務", "74", "child-benefit"
    ),
    "国民健康保険の給付": Purpose(
        "国民健康保険法による保険給付の支給又は保険料の徴収に関する事務", "42", "health-insurance"
    ),
}
