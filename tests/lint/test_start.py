"""What every command loads: nothing that changes the process, and nothing that takes a second."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
SHUNNED = (
    "locust",
    "gevent",
    "matplotlib",
    "numpy",
    "load.locustfile",
    "load.send.posting",
    "load.send.scheduling",
)


def test_the_command_line_does_not_load_what_only_some_commands_need() -> None:
    """gevent replaces sockets and threads of whoever loads Locust; matplotlib and numpy take a second."""
    script = f"import sys, harness.cli.commands; print([n for n in {SHUNNED!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"


# What reads English, and what that needs of contract and catalogue: half of what the help of `renkei` takes.
OF_ENGLISH = ("harness.languages.english", "harness.contract.statement", "joserfc", "cryptography")


def help_of(prologue: str, language: str, epilogue: str = "") -> subprocess.CompletedProcess[str]:
    """`renkei --help` in a process of its own, after and before other lines."""
    call = "try: main()\nfinally:"
    script = f"import sys\n{prologue}\nsys.argv = ['renkei', '--help']\nfrom harness.cli.main import main\n{call} {epilogue or 'pass'}"
    return subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "RENKEI_LANG": language},
    )


@pytest.mark.parametrize(("language", "loaded"), [("ja", []), ("en", list(OF_ENGLISH))])
def test_english_is_loaded_only_where_it_is_asked_for(language: str, loaded: list[str]) -> None:
    names = f"[n for n in {OF_ENGLISH!r} if n in sys.modules]"
    done = help_of("", language, f"sys.__stdout__.write(repr({names}))")
    assert done.returncode == 0
    assert done.stdout.endswith(repr(loaded))


@pytest.mark.parametrize(("language", "code"), [("ja", 0), ("en", 3)])
def test_what_cannot_be_loaded_never_ends_with_the_code_of_a_verdict(language: str, code: int) -> None:
    """1 would say that a gateway does not conform. Nothing is left by which the sentence could be put into English."""
    done = help_of("sys.modules['joserfc'] = None", language)
    assert done.returncode == code
    assert done.stderr.count("\n") == (1 if code else 0)
    assert "Traceback" not in done.stderr


def test_no_test_loads_locust_into_the_process_that_runs_the_others() -> None:
    """Its own process only: gevent stays, and the pools of later tests stand still."""
    patching = {"locust", "load.locustfile", "load.send.posting", "load.send.scheduling"}
    found = [
        f"{path.name}:{node.lineno}"
        for path in TESTS.rglob("*.py")
        if path.parent.name != "benchmarks"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and _below(node.module, patching)
    ]
    assert found == []


def _below(module: str, names: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)
