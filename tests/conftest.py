"""What holds for every test: nothing is judged by how fast this machine is at the moment; and which tests are slow."""

import os
from collections.abc import Sequence
from itertools import groupby, islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("renkei", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("renkei")

TESTS = Path(__file__).parent
# Whole runs, browsers, and what waits for many timeouts: each file takes from 4 s to some minutes on 2 cores. All others
# together are `poe fast`. A file that belongs here as a whole is named here, a single test carries the marker itself.
SLOW_FILES = frozenset(
    {
        "certificate/test_certificate_audit.py",
        "certificate/test_certificate_commands.py",
        "certificate/test_certificate_forged.py",
        "certificate/test_certificate_redaction.py",
        "contract/test_contract_conformance.py",
        "explore/test_explore_network.py",
        "explore/test_explore_replay.py",
        "explore/test_explore_restart.py",
        "gateway/test_gateway_defects.py",
        "gateway/test_gateway_durability.py",
        "gateway/test_gateway_functions.py",
        "gateway/test_gateway_miniatures.py",
        "kit/test_kit_wheel.py",
        "load/test_calibration.py",
        "load/test_plan_command.py",
        "network/test_network_collection.py",
        "network/test_network_explored.py",
        "network/test_network_process.py",
        "reports/test_load_views.py",
        "reports/test_reports_html.py",
    }
)
# Of the slow ones those that take more than half a minute each, the longest first: one that begins last leaves all other workers idle.
LONGEST = (
    "bench/test_bench_defects.py",
    "bench/test_bench_endings.py",
    "load/test_load_run_command.py",
    "bench/test_bench_matrix.py",
    "bench/test_bench_resume.py",
)
# Of a room whose tests start whole runs, what does not.
FAST_FILES = {
    "bench": frozenset(
        {
            "bench/test_bench_ci_templates.py",
            "bench/test_bench_exchange.py",
            "bench/test_bench_patience.py",
            "bench/test_bench_selection.py",
            "bench/test_bench_whose_fault.py",
            "bench/test_bench_sentences.py",
        }
    )
}


def is_slow(path: Path) -> bool:
    """Is this file of tests none of `poe fast`?"""
    name = path.relative_to(TESTS).as_posix()
    room = name.split("/", maxsplit=1)[0]
    return name not in FAST_FILES[room] if room in FAST_FILES else name in SLOW_FILES


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what is slow, so that `-m "not slow"` is the fast tier; several workers begin with it, each with files of its own, so that
    none is left alone with a long one at the end."""
    for item in items:
        if item.path.is_relative_to(TESTS) and is_slow(item.path):
            item.add_marker(pytest.mark.slow)
    if (workers := int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))) > 1:
        items[:] = spread(items, workers)


def _turn(file: Sequence[pytest.Item]) -> int:
    names = [str(file[0].path).endswith(name) for name in LONGEST]
    return names.index(True) if True in names else len(LONGEST)


def spread(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """In equal parts, as they are dealt out: slow files in turn, the longest first, then whatever is fast."""
    slow = [item for item in items if item.get_closest_marker("slow")]
    files = sorted((list(found) for _, found in groupby(slow, key=lambda item: item.path)), key=_turn)
    parts = [[item for file in files[number::workers] for item in file] for number in range(workers)]
    fast = iter(item for item in items if not item.get_closest_marker("slow"))
    for number, part in enumerate(parts):
        share = (len(items) - sum(map(len, parts[:number]))) // (workers - number)
        part.extend(islice(fast, max(0, share - len(part))))
    return [item for part in parts for item in part] + list(fast)
