"""Who lives in a household: a person, the address, the part played in a claim."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Role(Enum):
    """Part that a person plays in a claim (児童扶養手当法4条, 10条, 11条)."""

    CLAIMANT = "申請者"
    CHILD = "児童"
    FORMER_SPOUSE = "元配偶者"
    SUPPORTER = "扶養義務者"
    GUARDIAN = "養育者"


class Sex(Enum):
    """性別, as a 住民票 writes it."""

    MALE = "男"
    FEMALE = "女"


@dataclass(frozen=True, slots=True)
class Address:
    """An address inside its municipality; the lot is made up, the rest is from Japan Post's table.

    postal_code: 7 digits; municipality: 全国地方公共団体コード, 6 digits. An ordinance-designated
    city has one code here, its wards stand in `city`.
    """

    postal_code: str
    prefecture: str
    city: str
    town: str
    lot: str
    municipality: str

    @property
    def text(self) -> str:
        """One line, without the postal code."""
        return self.prefecture + self.city + self.town + self.lot


@dataclass(frozen=True, slots=True)
class Person:
    """A resident. Names are carried as code points and never normalised.

    ref: opaque, unique per seed, index and role; local_id: 識別番号, 10 digits; my_number: 個人番号,
    12 digits; relation: 続柄 seen from the claimant; resident_since: 住民となった日.
    """

    ref: str
    local_id: str
    my_number: str
    family_name: str
    given_name: str
    family_kana: str
    given_kana: str
    birth_date: date
    sex: Sex
    address: Address
    previous_address: Address | None
    resident_since: date
    relation: str
    role: Role

    @property
    def name(self) -> str:
        """氏名: 姓, U+3000, 名."""
        return f"{self.family_name}\u3000{self.given_name}"

    @property
    def kana(self) -> str:
        """氏名カナ in full-width katakana: 姓, U+3000, 名."""
        return f"{self.family_kana}\u3000{self.given_kana}"

    def age_on(self, day: date) -> int:
        """満年齢 on `day`, counted by birthdays."""
        before_birthday = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before_birthday

    def address_on(self, day: date) -> Address:
        """Address on `day`; that on 1 January decides who assesses the year's tax (地方税法318条)."""
        if self.previous_address is not None and day < self.resident_since:
            return self.previous_address
        return self.address
