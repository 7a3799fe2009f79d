"""Legal values as dated tables, rules.toml in the folder of each use case: every value with its article."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

# A TOML table: values are what its module expects of them.
Row = Mapping[str, Any]


class OutsideTablesError(LookupError):
    """No row is in force on the day: the tables do not go so far."""


@cache
def load(benefit: str) -> Mapping[str, Sequence[Row]]:
    """Tables of a use case's rules.toml; ModuleNotFoundError when there is none."""
    return tomllib.loads((files(f"{__package__}.{benefit}") / "rules.toml").read_text("utf-8"))


def in_force(rows: Sequence[Row], on: date, **having: str) -> Row:
    """The one row in force on a day, `from` and `until` inclusive, and equal in the fields `having`.

    Raises OutsideTablesError when none is, LookupError when several are, both naming the periods there are.
    """
    candidates = [row for row in rows if all(row[field] == value for field, value in having.items())]
    found = [row for row in candidates if row["from"] <= on <= row["until"]]
    if len(found) != 1:
        periods = "、".join(f"{row['from']}〜{row['until']}" for row in candidates) or "なし"
        wanted = " ".join(having.values())
        error = LookupError if found else OutsideTablesError
        raise error(f"{on} に適用する規定が{len(found)}件ある（1件のはず）: {wanted} 収録期間 {periods}")
    return found[0]
