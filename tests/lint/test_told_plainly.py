"""What a check observed and expected is told in words: no list, tuple or None of Python."""

import ast
from pathlib import Path

import pytest

from harness.contract.texts import told

STEPS = Path(__file__).parents[2] / "harness" / "steps"
COLLECTIONS = {"sorted", "list", "tuple", "set", "dict"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (["氏名", "住所"], "氏名、住所"),
        ((3, [("2", "CODE")]), "3、（2、CODE）"),
        ((3, ["a", "b"]), "3、（a、b）"),
        ([], "なし"),
        (None, "なし"),
        ("", "なし"),
        ({"氏名": None}, "氏名: なし"),
        (0, "0"),
        ("氏名", "氏名"),
    ],
)
def test_values_are_told_in_words(value: object, said: str) -> None:
    assert told(value) == said


def as_python_has_it(part: ast.FormattedValue) -> bool:
    """Would this blank of a sentence show how Python writes a value?"""
    value = part.value
    called = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id in COLLECTIONS
    literal = isinstance(value, ast.List | ast.Tuple | ast.Dict | ast.Set | ast.ListComp | ast.SetComp)
    return called or literal or part.conversion == ord("r")


def findings_told() -> list[tuple[str, ast.FormattedValue]]:
    """Each blank of the sentences that NonconformityError is given."""
    return [
        (f"{path.name}:{part.lineno}", part)
        for path in STEPS.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "NonconformityError"
        for argument in call.args
        if isinstance(argument, ast.JoinedStr)
        for part in argument.values
        if isinstance(part, ast.FormattedValue)
    ]


def test_no_blank_of_a_finding_shows_how_python_writes_it() -> None:
    blanks = findings_told()
    assert len(blanks) > 50
    assert [place for place, part in blanks if as_python_has_it(part)] == []


@pytest.mark.parametrize("text", ["f'{sorted(x)}'", "f'{(a, b)}'", "f'{x!r}'", "f'{[a for a in b]}'"])
def test_such_a_blank_would_be_seen(text: str) -> None:
    (statement,) = ast.parse(text).body
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.JoinedStr)
    (part,) = statement.value.values
    assert isinstance(part, ast.FormattedValue)
    assert as_python_has_it(part)
