"""Birth dates that fit relations. All spans in years or days are (own) unless a source is named."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from harness.residents.draw import Draw

OLDEST_CHILD: Final = 17  # 児童 at any time of year: under 18 (児童扶養手当法3条1項 goes on to 31 March)
_YOUNGEST_PARENT: Final = 18
_OLDEST_PARENT: Final = 43  # leaves two years for the days within the years: never over 45
_LARGEST_GAP: Final = 4
_HOUSEHOLD_DAYS: Final = 300
_CHILD_DAYS: Final = 60  # a year's gap less 60 days leaves siblings ten months apart
_YEAR_DAYS: Final = 360


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 29 February becomes 28 in a common year."""
    if (day.month, day.day) == (2, 29):
        day -= timedelta(days=1)
    return day.replace(year=day.year - years)


def child_births(home: Draw, field: int, children: Sequence[Draw], reference: date) -> tuple[date, ...]:
    """Birth dates, oldest first, all aged 0-17 on `reference`, siblings at least 300 days apart."""
    younger = len(children) - 1
    age = younger + home.below(field, OLDEST_CHILD + 1 - younger)
    shared_days = home.below(field + 1, _HOUSEHOLD_DAYS)
    births = []
    for place, child in enumerate(children):
        if place > 0:
            age -= 1 + child.below(field, min(_LARGEST_GAP, age - (younger - place)))
        days = shared_days + child.below(field + 1, _CHILD_DAYS)
        births.append(years_before(reference, age) - timedelta(days=days))
    return tuple(births)


def parent_birth(choices: Draw, field: int, oldest: date, youngest: date) -> date:
    """Birth date of a mother or father: 18 to 45 years before every child."""
    span = youngest.year - oldest.year + 1
    years = _YOUNGEST_PARENT + choices.below(field, _OLDEST_PARENT - span - _YOUNGEST_PARENT + 1)
    return _earlier(choices, field + 1, oldest, years)


def spouse_birth(choices: Draw, field: int, spouse: date) -> date:
    """Birth date within two years of the other spouse's."""
    return spouse + timedelta(days=choices.below(field, 2 * 730 + 1) - 730)


def grandparent_birth(choices: Draw, field: int, oldest: date) -> date:
    """Birth date of a 養育者 who is the children's grandparent: 42 to 60 years before the oldest."""
    return _earlier(choices, field + 1, oldest, 42 + choices.below(field, 18))


def claimants_parent_birth(choices: Draw, field: int, claimant: date) -> date:
    """Birth date of a claimant's father or mother: 20 to 38 years before the claimant."""
    return _earlier(choices, field + 1, claimant, 20 + choices.below(field, 17))


def older_sibling_birth(choices: Draw, field: int, claimant: date) -> date:
    """Birth date of an elder brother or sister, 1 to 9 years older: a 扶養義務者 is then always of age."""
    return _earlier(choices, field + 1, claimant, 1 + choices.below(field, 8))


def _earlier(choices: Draw, field: int, day: date, years: int) -> date:
    return years_before(day, years) - timedelta(days=choices.below(field, _YEAR_DAYS))
