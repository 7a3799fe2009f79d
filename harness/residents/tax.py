"""Municipal tax that is plausible for an income: shape of 地方税法, amounts rounded as tax offices do.

A bench needs figures that belong together, not a tax office: deductions are reduced to the main ones (own).
"""

from dataclasses import dataclass
from typing import Final

from harness.residents.records import Degree

_BASIC_DEDUCTION: Final = 330_000  # 地方税法314条の2第2項
_WIDOW_DEDUCTION: Final = {"none": 0, "ordinary": 260_000, "special": 300_000}  # 314条の2第1項8号, 3項
_DISABILITY_DEDUCTION: Final = {"none": 0, "ordinary": 260_000, "special": 300_000}  # 同6号
_SPECIFIC_DEPENDANT: Final = 450_000  # 同11号
_ELDERLY_DEPENDANT: Final = 380_000  # 同11号
_EXEMPT_INCOME: Final = 1_250_000  # 295条1項2号: 障害者, 寡婦
_LEVY_THRESHOLD: Final = 350_000  # 附則3条の3: times heads, and 320,000 when there are dependants
_LEVY_THRESHOLD_EXTRA: Final = 320_000
_MUNICIPAL_PER_CAPITA: Final = 3_000  # 310条
_PREFECTURAL_PER_CAPITA: Final = 1_000  # 38条


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an assessment looks at besides the income; heads."""

    dependants: int
    elderly_dependants: int
    specific_dependants: int
    disability: Degree
    widow: Degree


@dataclass(frozen=True, slots=True)
class Tax:
    """Assessed amounts in yen: the year's tax, 市区町村民税の均等割 and 所得割, 課税総所得額."""

    annual_tax: int
    per_capita_levy: int
    income_levy: int
    taxable_income: int


def assess(total_income: int, circumstances: Circumstances) -> Tax:
    """Tax on a 総所得額 in yen; never negative, 所得割 in hundreds, taxable income in thousands."""
    taxable = max(0, total_income - _deductions(total_income, circumstances)) // 1_000 * 1_000
    if _is_exempt(total_income, circumstances):
        return Tax(0, 0, 0, taxable)
    municipal = taxable * 6 // 100 // 100 * 100
    prefectural = taxable * 4 // 100 // 100 * 100
    annual = municipal + prefectural + _MUNICIPAL_PER_CAPITA + _PREFECTURAL_PER_CAPITA
    return Tax(annual, _MUNICIPAL_PER_CAPITA, municipal, taxable)


def _deductions(total_income: int, circumstances: Circumstances) -> int:
    social_insurance = total_income * 15 // 100
    personal = _WIDOW_DEDUCTION[circumstances.widow] + _DISABILITY_DEDUCTION[circumstances.disability]
    dependants = (
        circumstances.specific_dependants * _SPECIFIC_DEPENDANT
        + circumstances.elderly_dependants * _ELDERLY_DEPENDANT
    )
    return _BASIC_DEDUCTION + social_insurance + personal + dependants


def _is_exempt(total_income: int, circumstances: Circumstances) -> bool:
    if (circumstances.disability, circumstances.widow) != ("none", "none") and total_income <= _EXEMPT_INCOME:
        return True
    extra = _LEVY_THRESHOLD_EXTRA if circumstances.dependants else 0
    return total_income <= _LEVY_THRESHOLD * (1 + circumstances.dependants) + extra
