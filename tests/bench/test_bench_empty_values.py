"""An option whose value is empty, as a variable that is not set leaves it, is refused whatever it is."""

import math
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest

from harness.catalogue.findings import ConfigurationError
from harness.cli.command_line import empty_in, loaded
from harness.cli.commands import COMMANDS
from harness.plugin.command_line import refuse_empty, refuse_endless
from tests.bench.asked import Asked
from tests.bench.bench_run import RENKEI


def commands(command: Any, *names: str) -> list[tuple[tuple[str, ...], str]]:
    """Every command below one, with each of its options that takes a value."""
    if below := getattr(command, "commands", None):
        return [found for name, one in below.items() for found in commands(one, *names, name)]
    taking = [p for p in command.params if p.param_type_name == "option" and not p.is_flag]
    return [(names, option) for p in taking for option in p.opts]


ALL = [found for name in COMMANDS for found in commands(loaded(name), name)]


def test_there_is_something_to_try() -> None:
    assert (("run",), "--gateway") in ALL
    assert (("load", "run"), "-n") in ALL
    assert len(ALL) > 50


@pytest.mark.parametrize(("names", "option"), ALL, ids=lambda v: " ".join(v) if isinstance(v, tuple) else v)
def test_an_empty_value_of_any_option_of_any_command_is_refused(names: tuple[str, ...], option: str) -> None:
    for value in ("", " "):
        assert (empty_in([*names, option, value]) or "").startswith(f"{option}: 値が空である。")
    assert (empty_in([*names, f"{option}=x", "--other="]) or "").startswith("--other: 値が空である。")
    assert empty_in([*names, option, "x", "--flag"]) is None


def test_an_argument_that_is_empty_is_refused_and_a_value_that_ends_with_equals_is_none() -> None:
    assert (empty_in(["report", ""]) or "").startswith("引数: 値が空である。")
    assert empty_in(["run", "--gateway", "command:./gateway --config="]) is None
    assert empty_in(["run", "--gateway=command:./gateway --config="]) is None


@pytest.mark.parametrize("command", [("run",), ("load", "run"), ("report",)])
def test_the_command_says_so_in_one_sentence(command: tuple[str, ...], tmp_path: Path) -> None:
    option = () if command == ("report",) else ("--gateway",)
    done = subprocess.run(
        [RENKEI, *command, *option, ""], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "値が空である" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_pytest_says_the_same(tmp_path: Path) -> None:
    own = [part for name in ("pytest-bdd", "xdist", "renkei") for part in ("-p", name)]
    command = [sys.executable, "-m", "pytest", "--disable-plugin-autoload", *own, "--gateway", ""]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "--gateway: 値が空である" in done.stderr
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize("name", ["gateway", "seed", "statement", "rerun_failed", "run_folder", "use_case"])
def test_every_option_of_pytest_is_looked_at(name: str) -> None:
    for value in ("", " "):
        given = [value] if name == "use_case" else value
        with pytest.raises(ConfigurationError, match=f"^--{name.replace('_', '-')}: 値が空である"):
            refuse_empty(cast(pytest.Config, Asked(**{name: given})))


@pytest.mark.parametrize("name", ["standstill_seconds", "explore"])
def test_a_length_of_time_has_an_end(name: str) -> None:
    for value in (math.inf, math.nan, -1.0):
        with pytest.raises(ConfigurationError, match=f"^--{name.replace('_', '-')} は . 以上の数で書く"):
            refuse_endless(cast(pytest.Config, Asked(**{name: value})))
    refuse_endless(cast(pytest.Config, Asked(**{name: 2.5})))


@pytest.mark.parametrize(
    "words",
    [("run", "--explore", "inf"), ("run", "--standstill-seconds", "inf"), ("explore", "--seconds", "inf")],
)
def test_the_command_begins_nothing_without_an_end(words: tuple[str, ...], tmp_path: Path) -> None:
    done = subprocess.run(
        [RENKEI, *words], capture_output=True, text=True, cwd=tmp_path, check=False, timeout=300
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "runs").exists()
