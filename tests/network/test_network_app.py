"""What a network is made to be, with a journal and without one."""

from pathlib import Path

import pytest

from harness.contract.journal import Journal
from mocks.network.app import make_network


@pytest.mark.parametrize("for_load", [True, False])
@pytest.mark.parametrize("is_kept", [True, False], ids=["journal", "no-journal"])
def test_a_journal_decides_nothing_about_the_load(tmp_path: Path, is_kept: bool, for_load: bool) -> None:
    journal = Journal.open(tmp_path / "journal.jsonl", "network") if is_kept else None
    network = make_network(journal, for_load=for_load)
    assert network.for_load is for_load
    assert (network.records.hear is not None) is (is_kept and not for_load)
    assert (network.end_journal() is not None) is is_kept
