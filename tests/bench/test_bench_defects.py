"""The suite bites: every defect is convicted by the requirement that it breaks, the clean gateway by none."""

from pathlib import Path

import pytest

from harness.spec.requirements import requirements
from mocks.defects.registry import defect, names
from tests.bench.bench_run import renkei


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Verdicts of the whole suite on the clean gateway."""
    ended = renkei(tmp_path_factory.mktemp("clean"), "--gateway", "reference")
    assert ended.code == 0, ended.out
    return ended.verdicts()


def test_the_clean_gateway_passes_every_requirement(clean: dict[str, str]) -> None:
    assert clean == dict.fromkeys(requirements(), "合格")


def test_every_mandatory_requirement_has_a_defect_that_proves_it() -> None:
    mandatory = {r.id for r in requirements().values() if r.level == "必須"}
    assert mandatory - {defect(name).requirement for name in names()} == set()


@pytest.mark.parametrize("name", names())
def test_a_defect_is_convicted_by_its_requirement(name: str, clean: dict[str, str], tmp_path: Path) -> None:
    broken = defect(name).requirement
    ended = renkei(tmp_path, "--gateway", f"reference+{name}", "--requirement", broken)
    assert (ended.code, ended.verdicts()) == (1, {broken: "不合格"})
    assert clean[broken] == "合格"


@pytest.mark.parametrize(("gateway", "workers"), [("null", "16"), ("refuses-everything", "2")])
def test_no_requirement_is_passed_vacuously(gateway: str, workers: str, tmp_path: Path) -> None:
    ended = renkei(tmp_path, "--gateway", gateway, "-n", workers)
    assert ended.code == 1
    assert ended.verdicts() == dict.fromkeys(requirements(), "不合格")
