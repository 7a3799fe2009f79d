"""A run of everything explores for a few seconds; a part of it does where that is asked for."""

from dataclasses import replace
from pathlib import Path

import pytest

from harness.catalogue.findings import ConfigurationError
from harness.plugin.exploring import kept_in
from harness.plugin.options import Options

WHOLE = Options("reference", None, (), (), 1, Path("x"), ())


def test_a_run_of_everything_explores_unless_told_otherwise() -> None:
    assert WHOLE.exploring_seconds == 3.0
    assert replace(WHOLE, explore=0.0).exploring_seconds == 0.0
    assert replace(WHOLE, explore=20.0).exploring_seconds == 20.0


@pytest.mark.parametrize(
    "part",
    [
        replace(WHOLE, brief=True),
        replace(WHOLE, narrowed=True),
        replace(WHOLE, requirements=("STO-18",)),
        replace(WHOLE, use_cases=("児童扶養手当",)),
        replace(WHOLE, scenarios=frozenset({"x"})),
    ],
)
def test_a_part_of_it_does_where_asked_for(part: Options) -> None:
    assert part.exploring_seconds == 0.0
    assert replace(part, explore=1.0).exploring_seconds == 1.0


def test_a_corpus_with_something_else_in_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"other\.json"):
        kept_in(tmp_path)
