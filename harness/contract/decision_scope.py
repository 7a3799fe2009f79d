"""How far the rules of a use case go, for those who read a verdict: what was decided here and not by the law, and for which
facts nothing is decided."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from harness.contract.resources import resource, toml
from harness.contract.use_cases import case_documents

_OWN: Final = "own"
_RULES: Final = "rules.toml"
ASSUMED: Final = "assumed"
UNMODELLED: Final = "unmodelled"


@dataclass(frozen=True, slots=True)
class Scope:
    """assumed: what is own, with its article; articles: those that could not be looked up; undecided: facts with their articles."""

    assumed: tuple[str, ...]
    articles: tuple[str, ...]
    undecided: tuple[str, ...]


def scope_of(use_case: str) -> Scope | None:
    """The scope of a use case by its short name; None for one without rules."""
    room = next((room for room, case in case_documents().items() if case["name"] == use_case), None)
    if room is None or not resource(_RULES, room=room).is_file():
        return None
    tables = toml(_RULES, room=room)
    values = (rows for name, rows in tables.items() if name not in (ASSUMED, UNMODELLED))
    return Scope(
        tuple(f"{row['what']}（{row['article']}）" for row in tables.get(ASSUMED, ())),
        tuple(dict.fromkeys(article for rows in values for article in _own_articles(rows))),
        tuple(dict.fromkeys(f"{row['fact']}（{row['article']}）" for row in tables.get(UNMODELLED, ()))),
    )


def _own_articles(value: object) -> Iterator[str]:
    """Articles marked own, in rows within rows as well."""
    if isinstance(value, list):
        for row in value:
            yield from _own_articles(row)
    elif isinstance(value, Mapping):
        for field, within in value.items():
            if field.endswith("article") and isinstance(within, str):
                yield from (within,) if _OWN in within else ()
            else:
                yield from _own_articles(within)
