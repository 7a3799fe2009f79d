"""Days as laws count them: an age is reached on the day before the birthday (年齢計算ニ関する法律)."""

from datetime import date, timedelta


def birthday(birth: date, years: int) -> date:
    """The birthday so many years on; 29 February becomes 1 March in a common year (民法143条)."""
    if (birth.month, birth.day) == (2, 29) and (birth.year + years) % 4 != 0:
        return date(birth.year + years, 3, 1)
    return birth.replace(year=birth.year + years)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
