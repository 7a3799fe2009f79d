"""The record of two gateways against each other, read as it is about one of them."""

from pathlib import Path
from typing import Any

from harness.catalogue.verdicts import Exit, Verdict
from harness.contract.journal import Entry, Journal
from harness.contract.sides import Side
from harness.record.conclusion import INTERCONNECTION, assess, combined
from harness.record.reader import read
from harness.record.run import read_run, read_runs
from harness.record.sides import half
from reports.run.interconnection import exit_of, halves_of

OWN: dict[str, Any] = {
    "gateway": "reference",
    "statement": {"contract": "1"},
    "organisation": "221007",
    "product": "one",
    "law": [],
    "declares": {},
}
ITS: dict[str, Any] = {**OWN, "gateway": "http:", "organisation": "220001", "product": "other"}


def record(folder: Path, *, partner: bool = True, breaks: Side = Side.PARTNER) -> Path:
    """Of a run in which one of the two breaks STO-01, and both come to the end of what they do."""
    journal = Journal.open(folder / "journal.jsonl", "bench")
    selected = dict.fromkeys((INTERCONNECTION, "STO-01", "NET-03"))
    other = {"partner": ITS} if partner else {}
    journal.write(Entry.RUN, run_id="r", selected=selected, narrowed=True, **OWN, **other)
    checks: list[tuple[str, Verdict, list[str], dict[str, Any]]] = [("x.feature:1", Verdict.PASS, [], {})]
    for side in Side:
        verdict = Verdict.FAIL if side is breaks else Verdict.PASS
        checks.append(("全記録:STO-01", verdict, ["STO-01"], {"side": side}))
    for scenario, verdict, requirements, about in checks:
        journal.write(Entry.SCENARIO, scenario=scenario, requirements=requirements, **about)
        journal.write(Entry.CHECK, scenario=scenario, verdict=verdict, requirements=requirements, **about)
    journal.write(Entry.END, exit_code=1, complete=True, seconds=1.0)
    journal.close()
    return folder


def test_either_half_has_what_is_about_it_and_what_is_about_both(tmp_path: Path) -> None:
    own, its = read_runs(record(tmp_path))
    assert (own.meta.organisation, its.meta.organisation) == ("221007", "220001")
    assert own.meta.partner is not None
    assert its.meta.partner is not None
    assert (own.meta.partner.product, its.meta.partner.product) == ("other", "one")
    verdicts = [{r.requirement.id: r.verdict for r in assess(run).results} for run in (own, its)]
    assert verdicts == [
        {INTERCONNECTION: Verdict.PASS, "STO-01": Verdict.PASS},
        {INTERCONNECTION: Verdict.PASS, "STO-01": Verdict.FAIL},
    ]
    halves = halves_of((own, its))
    assert [half_.not_met for half_ in halves] == [(), ("STO-01",)]
    assert exit_of(halves) == Exit.DOES_NOT_CONFORM
    entries = list(read(tmp_path / "journal.jsonl"))
    assert [len(half(entries, side)) for side in Side] == [6, 6]
    assert len(entries) == 8


def test_a_record_of_one_gateway_is_read_as_ever(tmp_path: Path) -> None:
    (own,) = read_runs(record(tmp_path, partner=False))
    assert own.meta.side is None
    assert halves_of((own,)) == ()
    assert own == read_run(tmp_path)


def test_what_is_worst_for_either_is_the_exit_code_of_both() -> None:
    assert combined([Exit.CONFORMS, Exit.CONFORMS]) == Exit.CONFORMS
    assert combined([Exit.INCONCLUSIVE, Exit.CONFORMS]) == Exit.INCONCLUSIVE
    assert combined([Exit.INCONCLUSIVE, Exit.BENCH_ERROR]) == Exit.BENCH_ERROR
    assert combined([Exit.INCONCLUSIVE, Exit.DOES_NOT_CONFORM]) == Exit.DOES_NOT_CONFORM
