"""What every command loads: nothing that changes the process, and nothing that takes a second."""

import ast
import subprocess
import sys
from pathlib import Path

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
