"""Canaries: numbers, names and values of a household, searched for where they may not be."""

import json
from typing import Any

from harness.residents.household import Household
from harness.residents.identifying import identifying

_NUMBERS = ("個人番号", "識別番号")


def numbers_in(value: Any, home: Household) -> str | None:
    """The name of the first number found anywhere in a value, None when there is none."""
    text = _flat(value)
    for person in home.people():
        for name in _NUMBERS:
            if identifying(person)[name] in text:
                return f"{person.role.value}の{name}"
    return None


def personal_data_in(value: Any, home: Household) -> str | None:
    """As numbers_in, and names, addresses and incomes too."""
    text = _flat(value)
    for person in home.people():
        for name, word in identifying(person).items():
            if name not in _NUMBERS and word in text:
                return f"{person.role.value}の{name}"
    for income in home.incomes:
        if income.total_income >= 100_000 and str(income.total_income) in text:
            return "総所得額"
    return numbers_in(value, home)


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
