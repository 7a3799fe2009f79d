"""For what a scenario asks or tells: affair, legal basis, and a role that may cite the affair."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Purpose:
    """One affair in the words of the law, the item that has it, a role code, and what stands in `basis.table`: "" for
    the newest version of 別表第二 that the gateway declares."""

    affair: str
    item: str
    role: str
    table: str = ""


ASSISTANCE = "生活保護法による保護の決定及び実施又は徴収金の徴収に関する事務"
LOCAL_TAX = "地方税法その他の地方税に関する法律及びこれらの法律に基づく条例による地方税の賦課徴収に関する事務"
RELIEF = "災害対策基本法による被災者に対する援護の実施に関する事務"
PURPOSES = {
    "児童扶養手当の支給": Purpose(
        "児童扶養手当法による児童扶養手当の支給に関する事務", "57", "child-allowance"
    ),
    "生活保護の決定": Purpose(ASSISTANCE, "26", "public-assistance"),
    "児童手当の支給": Purpose(
        "児童手当法による児童手当又は特例給付の支給に関する事務", "74", "child-benefit"
    ),
    "国民健康保険の給付": Purpose(
        "国民健康保険法による保険給付の支給又は保険料の徴収に関する事務", "42", "health-insurance"
    ),
    "小児慢性特定疾病医療費の支給": Purpose(
        "児童福祉法による小児慢性特定疾病医療費の支給に関する事務", "9", "chronic-disease"
    ),
    "国民年金の裁定": Purpose(
        "国民年金法による年金である給付若しくは一時金の支給、保険料の"
        "納付に関する処分又は保険料その他徴収金の徴収に関する事務",
        "48",
        "national-pension",
    ),
    "不動産取得税の賦課": Purpose(LOCAL_TAX, "28", "resident-tax"),
    "被災者台帳の作成": Purpose(
        "災害対策基本法による被災者台帳の作成に関する事務", "56の2", "disaster-relief"
    ),
    "被災者生活再建支援金の支給": Purpose(
        "被災者生活再建支援法による被災者生活再建支援金の支給に関する事務", "96", "disaster-relief"
    ),
    "条例による履歴の引継ぎ": Purpose(
        "転入した乳幼児の健診及び予防接種の履歴の引継ぎに関する事務", "1", "maternal-health", "条例"
    ),
    "別表第二による履歴の引継ぎ": Purpose(
        "転入した乳幼児の健診及び予防接種の履歴の引継ぎに関する事務", "1", "maternal-health"
    ),
    "条例による児童の状況の把握": Purpose(
        "児童虐待の防止等に関する法律による児童虐待に係る児童の状況の把握に関する事務",
        "2",
        "child-guidance",
        "条例",
    ),
    "別表第二による児童の状況の把握": Purpose(
        "児童虐待の防止等に関する法律による児童虐待に係る児童の状況の把握に関する事務",
        "2",
        "child-guidance",
    ),
    "被災者の援護": Purpose(RELIEF, "90条の4第1項3号", "disaster-relief", "災害対策基本法"),
    "同意に基づく被災者の援護": Purpose(RELIEF, "90条の4第1項1号", "disaster-relief", "本人同意"),
    "2012年の法による生活保護の決定": Purpose(
        "生活保護法による保護の決定及び実施に関する事務", "26", "public-assistance", "2012-02-14"
    ),
    "2012年の法に2015年の文言を引いた保護の決定": Purpose(
        ASSISTANCE, "26", "public-assistance", "2012-02-14"
    ),
    "2015年の法に2012年の文言を引いた保護の決定": Purpose(
        "生活保護法による保護の決定及び実施に関する事務", "26", "public-assistance", "2015-09-09"
    ),
    "2012年の法による児童扶養手当の支給": Purpose(
        "児童扶養手当法による児童扶養手当の支給に関する事務", "57", "child-allowance", "2012-02-14"
    ),
    # Outside of 別表第二: what a 連絡 cites, which no one may enquire by.
    "登記の通知": Purpose(LOCAL_TAX, "382条", "resident-tax", "地方税法"),
    "評価の通知": Purpose(LOCAL_TAX, "73条の21", "resident-tax", "地方税法"),
    "価格の通知": Purpose(LOCAL_TAX, "73条の22", "resident-tax", "地方税法"),
    "保護の申請の送付": Purpose(ASSISTANCE, "24条10項", "public-assistance", "生活保護法"),
    "避難者の所在の通知": Purpose(RELIEF, "90条の4", "disaster-relief", "災害対策基本法"),
}
