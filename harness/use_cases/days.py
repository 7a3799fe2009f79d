"""Days as laws count them: an age is reached on the day before the birthday (年齢計算ニ関する法律)."""

from datetime import date, timedelta


def birthday(birth: date, years: int) -> date:
    """The birthday so many years on; 29 February becomes 1 March in a common year (民法143条)."""
    if (birth.month, birth.day) == (2, 29) and (birth.year + years) % 4 != 0:
        return date(birth.year + years, 3, 1)
    return birth.replace(year=birth.year + years)


def last_of_school_year(birth: date, years: int) -> date:
    """The first 31 March on or after the day on which an age is reached, such as the end of 中学校 for 15."""
    reached = birthday(birth, years) - timedelta(days=1)
    return date(reached.year + (reached > date(reached.year, 3, 31)), 3, 31)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of a shorter month."""
    count = day.year * 12 + day.month - 1 - months
    first = date(count // 12, count % 12 + 1, 1)
    return first.replace(day=min(day.day, (next_month(first) - timedelta(days=1)).day))


def fiscal_year_assessed(day: date, first_month: int) -> int:
    """The 相当年度 of the municipal tax that is looked at on a day: that of the year from so many months on, else the one before."""
    return day.year if day.month >= first_month else day.year - 1
