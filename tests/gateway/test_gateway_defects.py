"""Every defect breaks what it says, the clean gateway does not, and the registry knows them all."""

from pathlib import Path

import pytest

from harness.catalogue.requirements import requirements
from mocks.defects import UnknownDefectError, defect, defects
from tests.gateway.defect_probes import PROBES, Bench
from tests.gateway.fake_network import FakeNetwork
from tests.gateway.gateway_process import gateway, in_thread


@pytest.mark.parametrize("name", sorted(PROBES))
def test_the_defect_breaks_what_the_clean_gateway_keeps(
    network: FakeNetwork, tmp_path: Path, name: str
) -> None:
    kept = {}
    for variant in ("", name):
        with in_thread(network.url, tmp_path / f"{variant}.sqlite", variant) as running:
            running.register("1", "t")
            kept[variant] = PROBES[name](Bench(running, network))
    assert kept == {"": True, name: False}


def test_every_probe_is_of_a_defect() -> None:
    """The other way round tests/bench holds: the suite itself convicts every defect."""
    assert set(PROBES) <= set(defects())


def test_every_defect_names_its_requirement_and_says_in_one_sentence_what_it_does() -> None:
    for name, found in defects().items():
        assert found.requirement in requirements(), name
        assert "\n" not in found.summary
        assert 10 <= len(found.summary) <= 60, name


def test_an_unknown_defect_answers_with_those_that_there_are() -> None:
    for name, there in (
        ("no-such", "accepts-alg-none"),
        ("registry", "件"),
        ("accepts_replay", "accepts-replay"),
    ):
        with pytest.raises(UnknownDefectError, match=f"それはない.*{there}"):
            defect(name)


def test_a_defect_is_put_in_from_the_command_line(network: FakeNetwork) -> None:
    with gateway(network.url, "--defect", "discloses-all-items") as running:
        running.register("1", "t")
        assert not PROBES["discloses-all-items"](Bench(running, network))
