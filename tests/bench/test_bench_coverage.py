"""Which scenarios a defect can change, by what the clean gateway calls in each."""

from pathlib import Path

from harness.contract.journal import FILE_NAME, Entry, Journal
from harness.contract.messages import parse_timestamp
from harness.gateways.reference import CALLS_FILE
from harness.matrix.coverage import later_scenarios, read_coverage
from tests.bench.bench_run import renkei

STARTS = ("2012-08-01T00:00:00.000Z", "2012-08-01T00:00:02.000Z")
ENDS = ("2012-08-01T00:00:01.000Z", "2012-08-01T00:00:03.000Z")


def ran(folder: Path, calls: list[tuple[float, str]], tags: tuple[str, ...] = ()) -> Path:
    """A run of two scenarios, and what was called how many seconds after the first began."""
    journal = Journal.open(folder / FILE_NAME, "bench")
    for number, (start, end) in enumerate(zip(STARTS, ENDS, strict=True)):
        journal.write(Entry.SCENARIO, scenario=f"s{number}", at=start, tags=[*tags])
        journal.write(Entry.CHECK, scenario=f"s{number}", at=end, requirements=[f"R-{number}"])
    begun = parse_timestamp(STARTS[0]).timestamp()
    lines = [f"{begun + seconds:.4f} {name}\n" for seconds, name in calls]
    (folder / CALLS_FILE).write_text("".join(lines), encoding="utf-8")
    return folder


def test_a_scenario_is_affected_by_what_it_calls_and_a_moment_later(tmp_path: Path) -> None:
    calls = [(0.5, "ids.register"), (1.02, "access_log.sent"), (1.6, "linkage.expire"), (2.5, "ids.register")]
    coverage = read_coverage(ran(tmp_path, calls))
    assert coverage
    assert coverage.affected(["access_log.sent"], "R-9") == ("s0",)
    assert coverage.affected(["ids.register"], "R-9") == ("s0", "s1")
    assert coverage.affected(["linkage.expire"], "R-9") == ()


def test_the_requirement_itself_is_always_run(tmp_path: Path) -> None:
    coverage = read_coverage(ran(tmp_path, [(0.5, "ids.register")]))
    assert coverage
    assert coverage.affected(["crypto.seal"], "R-1") == ("s1",)


def test_what_takes_long_is_run_for_its_own_requirement_alone(tmp_path: Path) -> None:
    coverage = read_coverage(ran(tmp_path, [(0.5, "ids.register"), (2.5, "ids.register")], ("所要:8",)))
    assert coverage
    assert coverage.affected(["ids.register"], "R-1") == ("s1",)


def test_what_a_later_contract_brought_is_known_without_the_clean_run() -> None:
    found = later_scenarios("AUTH-20")
    assert {id_.partition("/")[0] for id_ in found} == {"00_機能", "90_過去の事例"}
    assert later_scenarios("AUTH-17") == ()


def test_without_a_record_nothing_is_known(tmp_path: Path) -> None:
    assert read_coverage(tmp_path) is None
    ran(tmp_path, [])
    (tmp_path / CALLS_FILE).write_text("not a record\n", encoding="utf-8")
    assert read_coverage(tmp_path) is None


def test_the_scenarios_of_a_file_and_no_other_are_run(tmp_path: Path) -> None:
    clean = renkei(
        tmp_path, "--gateway", "reference:calls", "--requirement", "NET-07", "--requirement", "STO-03"
    )
    coverage = read_coverage(clean.folder)
    assert coverage
    wanted = sorted(coverage.requirements)[:2]
    named = tmp_path / "named"
    named.write_text("\n".join(wanted) + "\n", encoding="utf-8")
    again = renkei(tmp_path / "again", "--scenarios", str(named))
    assert sorted(check["scenario"] for check in again.checks()) == wanted
    assert again.code == 0


def test_a_scenario_that_stumbles_on_its_way_says_so(tmp_path: Path) -> None:
    ended = renkei(tmp_path, "--gateway", "reference+answers-empty", "--requirement", "BIZ-04")
    (check,) = ended.checks()
    assert (check["verdict"], check["code"]) == ("不合格", "PREREQUISITE")
    assert check["observed"].startswith("NO_ANSWER ")


def test_brief_takes_the_first_row_of_an_outline_and_the_whole_of_what_is_named(tmp_path: Path) -> None:
    # NET-04 has an outline, and a table that is made from the contract, which a brief run leaves out.
    wanted = ("--requirement", "NET-04", "--requirement", "AUTH-10", "--brief", "--whole", "AUTH-10")
    ended = renkei(tmp_path, *wanted)
    assert sorted(check["requirements"][0] for check in ended.checks()) == [
        "AUTH-10",
        "AUTH-10",
        "NET-04",
    ]
    assert ended.results()["run"]["partial"]
    assert "--brief" in ended.out
