"""Some mutants of a few requirements' record: nearly all are convicted, and which rule they break is told."""

import pytest

from harness.matrix.mutants.making import EVERY
from harness.matrix.mutants.trying import Bench, bench_of
from harness.record.mutants import WANTED_NAMED, Mutant, Mutants, Reasons
from tests.certificate.made import shared

_EVERY_NTH = 30
_IN_A_SMALL_RECORD = 0.95  # where few places show a mutant; of a whole run it is 0.98


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Of the clean record that other tests bundle."""
    return bench_of(shared(tmp_path_factory, "clean", "reference").folder)


@pytest.mark.parametrize(
    ("mutant", "rule"),
    [
        (Mutant("送信 照会応答", "header.from", "次の番号", EVERY), "answers-what-was-asked"),
        (Mutant("受信 照会依頼 REPLAYED", "全体", "REPLAYED の代わりに 202", EVERY), "inbox-replayed"),
        (Mutant("送信 照会応答", "全体", "使い回し: epk", EVERY), "new-each-time-of-reply"),
    ],
)
def test_a_mutant_is_convicted_by_the_rule_that_it_breaks(bench: Bench, mutant: Mutant, rule: str) -> None:
    assert bench.judge(mutant, Reasons(())).rule == rule


def test_a_sample_is_convicted(bench: Bench) -> None:
    reasons = Reasons.published()
    chosen = sorted(bench.sounds.mutants(), key=lambda mutant: mutant.name)[::_EVERY_NTH]
    rows = [row for row in (bench.judge(mutant, reasons) for mutant in chosen) if row.tries]
    found = Mutants.of(rows, reasons, "", 0.0)
    assert len(found.counted) > 40
    assert found.share >= _IN_A_SMALL_RECORD, [row.name for row in found.survivors]
    assert found.share_named >= WANTED_NAMED, [(row.name, row.rule) for row in found.misnamed]
