"""mutants.json and mutants.html: which mutants the judge of the whole record convicts, and why the others are none."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version

from harness.contract.texts import one_line
from harness.languages.choice import JAPANESE
from harness.record.mutants import WANTED, WANTED_NAMED, Judged, Mutants
from harness.record.suite import suite_hash
from reports import facts
from reports.languages import words
from reports.templates import render

JSON_NAME, HTML_NAME = "mutants.json", "mutants.html"
_TEMPLATE = "matrix/mutants.html.jinja"
_TEXT = 300
_SHOWN = 20  # survivors in a terminal


@dataclass(frozen=True)
class Line:
    """Mutants of one way: how many, and how many of them were convicted."""

    name: str
    counted: int
    convicted: int


def mutants_json(mutants: Mutants) -> bytes:
    """The JSON document, UTF-8. Its schema is mutants.schema.json."""
    misnamed = frozenset(mutants.misnamed)
    document = {
        "schema": "renkei-mutants",
        "version": "1",
        "suite": suite_hash(),
        "exit_code": int(mutants.exit),
        "seconds": round(mutants.seconds, 1),
        "part": mutants.part or None,
        "summary": {
            "mutants": len(mutants.counted),
            "convicted": len(mutants.counted) - len(mutants.survivors),
            "share": round(mutants.share, 4),
            "share_needed": WANTED,
            "explained": len(mutants.explained),
            "share_named": round(mutants.share_named, 4),
            "share_named_wanted": WANTED_NAMED,
        },
        "not_made": [asdict(one) for one in mutants.not_made],
        "mutants": [_row(row, mutants, misnamed) for row in mutants.rows],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _row(row: Judged, mutants: Mutants, misnamed: frozenset[Judged]) -> dict[str, object]:
    return {
        "way": _one_line(row.way),
        "member": _one_line(row.member),
        "change": _one_line(row.change),
        "narrowed": _one_line(row.narrowed),
        "places": row.tries,
        "convicted": row.convicted,
        "rule": row.rule or None,
        "requirement": row.requirement or None,
        "named": row not in misnamed if row.convicted else None,
        "free": mutants.explained.get(row),
    }


def mutants_html(mutants: Mutants, language: str = JAPANESE, at: int | None = None) -> bytes:
    """The page, UTF-8, which needs nothing else; `at`: when it was begun, in milliseconds."""
    return render(
        _TEMPLATE,
        {},
        **words(language, HTML_NAME),
        day=facts.moment(at),
        version=version("renkei"),
        figures=list(_figures(mutants)),
        good=not mutants.exit,
        survivors=[_one_line(row.name) for row in mutants.survivors],
        misnamed=[(_one_line(row.name), row.requirement) for row in mutants.misnamed],
        not_made=mutants.not_made,
        ways=_lines(mutants),
        requirements=Counter(row.requirement for row in mutants.rows if row.convicted).most_common(),
        reasons=Counter(mutants.explained.values()).most_common(),
    )


def summary(mutants: Mutants) -> Iterator[str]:
    """The lines that a terminal shows."""
    yield from _figures(mutants)
    if mutants.survivors:
        yield f"不合格にならない変異体（{len(mutants.survivors)}件。すべては {JSON_NAME}）"
        yield from (f"  {_one_line(row.name)}" for row in mutants.survivors[:_SHOWN])


def _figures(mutants: Mutants) -> Iterator[str]:
    convicted = len(mutants.counted) - len(mutants.survivors)
    part = f"（{mutants.part} だけ）" if mutants.part else ""
    yield (
        f"不合格になった変異体: {convicted}/{len(mutants.counted)}、{mutants.share:.1%}{part}。条件は {WANTED:.0%} 以上"
    )
    yield f"契約が自由とし、数に入れないもの: {len(mutants.explained)}"
    yield (
        f"破った文の要件が最初に不合格にしたもの: {mutants.share_named:.1%}（ほか {len(mutants.misnamed)}件）。"
        f"目標は {WANTED_NAMED:.0%} 以上"
    )
    yield f"記録からは作れない変異体の種類: {len(mutants.not_made)}（理由は {HTML_NAME}）"
    rules = {row.rule for row in mutants.rows if row.convicted}
    yield f"変異体が最初に破った規則: {len(rules)}"


def _lines(mutants: Mutants) -> list[Line]:
    counted, convicted = Counter[str](), Counter[str]()
    for row in mutants.counted:
        counted[row.way] += 1
        convicted[row.way] += row.convicted
    return [Line(_one_line(way), number, convicted[way]) for way, number in sorted(counted.items())]


def _one_line(text: str) -> str:
    return one_line(text, _TEXT)
