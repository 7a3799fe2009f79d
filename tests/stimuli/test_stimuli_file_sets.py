"""A file in several parts: what was refused of it is asked for, so that it shows where it was taken all the same."""

from pathlib import Path

import pytest

from harness.contract.versions import LATEST
from harness.model.violation import Violation
from harness.stimuli.file_sets import file_sets
from mocks.gateway.legacy_files import LegacyFiles
from mocks.gateway.record_store import RecordStore
from renkei.bench import bench_in_process
from tests.kit.reference import reference

TAX = "地方税関係情報"


def broken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Violation, ...]:
    """What files in parts bring to light."""
    with bench_in_process(reference(folder, monkeypatch, LATEST), folder, seed=5) as bench:
        file_sets(bench.stage)
        return bench.violations()


def test_who_refuses_and_forgets_is_not_blamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert broken(tmp_path, monkeypatch) == ()


def test_who_takes_what_it_refuses_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = LegacyFiles.lines

    def stored(self: LegacyFiles, data: bytes) -> list[bytes]:
        for line in lines(self, data):
            RecordStore(self.storage).put(self.record(TAX, line))
        return lines(self, data)

    monkeypatch.setattr(LegacyFiles, "lines", stored)
    assert {violation.requirement for violation in broken(tmp_path, monkeypatch)} == {"STO-05"}
