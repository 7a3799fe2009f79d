"""--rerun-failed: what did not pass, on the gateway that did not pass it; and what names scenarios one by one."""

import json
from pathlib import Path
from typing import Any, cast

import pytest

from harness.catalogue.features import all_scenarios, without_row
from harness.catalogue.findings import ConfigurationError
from harness.catalogue.verdicts import Verdict
from harness.contract.journal import FILE_NAME, WHOLE_RECORD, Entry
from harness.plugin.options import Options
from harness.record.run import read_run
from tests.bench.asked import Asked
from tests.bench.bench_run import renkei
from tests.bench.bench_statements import document, write
from tests.reports.journal_book import Book

SOME = ("--use-case", "児童扶養手当", "--requirement", "NET-03", "--requirement", "AUTH-05")
REAL = all_scenarios()[0]
GATEWAY = "command:./gateway --secret x"


def read(**given: Any) -> Options:
    """The options of a run that was started so."""
    return Options.read(cast(pytest.Config, Asked(**given)))


@pytest.fixture
def failed(tmp_path: Path) -> Path:
    """The folder of a run of somebody's gateway, in which one scenario failed."""
    book = Book.open(tmp_path / "earlier")
    book.run({"SIG-01": None}, **recorded(tmp_path))
    book.scenario(REAL.line, ("SIG-01",), scenario=REAL.ids[0])
    book.check(REAL.ids[0], ("SIG-01",), Verdict.FAIL)
    book.end(exit_code=1)
    return book.folder


def recorded(place: Path, **changes: Any) -> dict[str, Any]:
    """What such a run records of its options."""
    options: dict[str, Any] = {
        "statement_file": str(write(place / "gateway.toml", document())),
        "use_cases": ["児童扶養手当"],
        "requirements": ["SIG-01"],
        "whole": [],
        "scenarios": None,
        "allowed": ["gateway.example"],
    }
    return {"gateway": GATEWAY, "seed": 7, "brief": True, "known": [], "options": options, **changes}


def test_what_was_recorded_is_used(failed: Path) -> None:
    options = read(rerun_failed=str(failed))
    assert (options.gateway, options.seed, options.allowed) == (GATEWAY, 7, ("gateway.example",))
    assert options.statement is not None
    assert options.statement.organisation == "221007"
    assert (options.use_cases, options.requirements) == (("児童扶養手当",), ("SIG-01",))
    assert options.scenarios == frozenset({REAL.ids[0]})
    assert options.folder != failed
    assert options.rerun is not None
    assert options.rerun.same_gateway


def test_what_is_given_takes_its_place_and_another_gateway_is_told(failed: Path) -> None:
    options = read(rerun_failed=str(failed), gateway="command:./mended", seed="8", allow_host=["h"])
    assert (options.gateway, options.seed, options.allowed) == ("command:./mended", 8, ("h",))
    assert options.statement is not None
    assert options.rerun is not None
    assert (options.rerun.gateway, options.rerun.same_gateway) == (GATEWAY, False)
    assert read(rerun_failed=str(failed), gateway="reference").statement is None


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("conf/gateway.toml", "conf/gateway.toml"),
        ("./conf/../conf/gateway.toml", "conf/gateway.toml"),
        ("{here}/conf/gateway.toml", "conf/gateway.toml"),
        ("../gateway.toml", "gateway.toml"),
        ("{here}/../gateway.toml", "gateway.toml"),
    ],
)
def test_where_a_statement_lies_is_kept_for_whoever_shows_it(
    given: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the working directory; of what lies elsewhere the name alone."""
    here = tmp_path / "project"
    (here / "conf").mkdir(parents=True)
    for file in (here / "conf/gateway.toml", tmp_path / "gateway.toml"):
        write(file, document())
    monkeypatch.chdir(here)
    options = read(gateway="http:http://127.0.0.1:9101/south", statement=given.format(here=here))
    assert Path(options.statement_file).is_absolute()
    book = Book.open(tmp_path / "earlier")
    book.run({"SIG-01": None}, **options.to_entry())
    book.scenario(REAL.line, ("SIG-01",), scenario=REAL.ids[0])
    book.check(REAL.ids[0], ("SIG-01",), Verdict.FAIL)
    book.end(exit_code=1)
    monkeypatch.chdir(tmp_path)
    assert read_run(book.folder).meta.statement_place == place
    assert read(rerun_failed=str(book.folder)).statement_place == place
    assert read(rerun_failed=str(book.folder), gateway="reference").statement_place == ""


def test_a_masked_gateway_is_read_from_its_file_or_asked_for(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "masked")
    book.run({"SIG-01": None}, **recorded(tmp_path, gateway="command:./gw …（2）"))
    book.scenario(REAL.line, ("SIG-01",), scenario=REAL.ids[0])
    book.check(REAL.ids[0], ("SIG-01",), Verdict.FAIL)
    with pytest.raises(ConfigurationError, match=r"一部しかなく、gateway\.command もない。--gateway で示す"):
        read(rerun_failed=str(book.folder))
    assert read(rerun_failed=str(book.folder), gateway=GATEWAY).gateway == GATEWAY
    (book.folder / "gateway.command").write_text(json.dumps({"gateway": GATEWAY}), encoding="utf-8")
    options = read(rerun_failed=str(book.folder))
    assert options.gateway == GATEWAY
    assert options.rerun is not None
    assert (options.rerun.gateway, options.rerun.same_gateway) == ("command:./gw …（2）", True)


def test_what_was_never_come_to_did_not_pass(failed: Path) -> None:
    other = all_scenarios()[1].ids[0]
    with (failed / FILE_NAME).open("a", encoding="utf-8") as journal:
        journal.write(json.dumps({"type": Entry.PLAN, "scenarios": [REAL.ids[0], other]}) + "\n")
    assert read(rerun_failed=str(failed)).scenarios == frozenset({REAL.ids[0], other})


def test_what_the_suite_no_longer_has_is_not_left_out_in_silence(tmp_path: Path) -> None:
    book = Book.open(tmp_path / "old")
    book.run({"SIG-01": None}, **recorded(tmp_path))
    id_ = book.checked(1, ("SIG-01",), Verdict.FAIL)
    with pytest.raises(ConfigurationError, match=f"{id_} は今のスイートにない"):
        read(rerun_failed=str(book.folder))


def test_a_record_without_a_run_or_without_its_options_is_one_sentence(tmp_path: Path) -> None:
    load, bare = Book.open(tmp_path / "load"), Book.open(tmp_path / "bare")
    load.write(Entry.LOAD, run_id="x")
    bare.run({"SIG-01": None})
    bare.scenario(REAL.line, ("SIG-01",), scenario=REAL.ids[0])
    with pytest.raises(ConfigurationError, match="検証の実行の記録ではない"):
        read(rerun_failed=str(load.folder))
    with pytest.raises(ConfigurationError, match="その実行の指定を読めない"):
        read(rerun_failed=str(bare.folder))


def test_what_failed_is_run_again_on_the_same_gateway_with_the_same_residents(tmp_path: Path) -> None:
    broken = renkei(tmp_path / "a", *SOME, "--gateway", "reference+forwards-unlawful", "--seed", "7")
    assert broken.code == 1
    failed = {c["scenario"] for c in broken.checks() if c["verdict"] == "不合格"}
    assert 0 < len(failed) < len(broken.checks())
    again = renkei(tmp_path / "b", "--rerun-failed", str(broken.folder))
    assert (again.code, again.results()["run"]["gateway"]) == (1, "reference+forwards-unlawful")
    assert {c["scenario"] for c in again.checks()} == failed
    persons = [
        {p for c in run.checks() if c["scenario"] in failed for p in c["persons"]} for run in (broken, again)
    ]
    assert persons[0] == persons[1]
    assert "合格しなかったシナリオを、もう一度実行した結果である" in again.out
    mended = renkei(tmp_path / "c", "--rerun-failed", str(broken.folder), "--gateway", "reference")
    assert mended.code == 0
    of_scenarios = {
        id_ for id_ in failed if not id_.startswith(WHOLE_RECORD)
    }  # what the record broke is not asked again
    assert {c["scenario"] for c in mended.checks()} == of_scenarios
    assert "その実行と違うゲートウェイを検証した" in mended.out


def test_where_nothing_failed_there_is_nothing_to_run_again(tmp_path: Path) -> None:
    clean = renkei(tmp_path / "a", *SOME)
    nothing = renkei(tmp_path / "b", "--rerun-failed", str(clean.folder))
    assert (nothing.code, nothing.err.count("\n")) == (2, 1)
    assert "不合格も判定不能もない" in nothing.err
    missing = renkei(tmp_path / "c", "--rerun-failed", str(tmp_path / "none"))
    assert missing.code == 2
    assert "実行の記録を読めない" in missing.err


@pytest.mark.parametrize("option", ["scenarios", "known_failures"])
def test_a_file_of_windows_names_the_same(option: str, tmp_path: Path) -> None:
    row = next(s.ids[1] for s in all_scenarios() if s.rows > 1)
    lines = {
        "scenarios": ["", "# 二つ", f" {row} ", without_row(row), ""],
        "known_failures": [
            *("[[known]]", f"scenario = {json.dumps(row)}", 'owner = "課"'),
            *('reason = "調査中"', "expires = 2027-03-31"),
        ],
    }[option]
    path = tmp_path / "names"
    path.write_bytes("\r\n".join(lines).encode("utf-8-sig"))
    options = read(gateway="reference", **{option: str(path)})
    named = options.scenarios if option == "scenarios" else {one.scenario for one in options.known}
    assert named == ({row, without_row(row)} if option == "scenarios" else {row})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{REAL.ids[0]}\n{REAL.file}:9999\n", f"{REAL.file}:9999: それはない（近いもの: {REAL.file[:4]}"),
        ("\n# 後で書く\n", "シナリオの番号が一つもない"),
        ("\ufeff\ufeffx\n", "それはない"),
    ],
)
def test_a_scenario_that_there_is_not_is_refused(text: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "names"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        read(gateway="reference", scenarios=str(path))
    assert says in str(caught.value)


def test_an_outline_by_its_place_is_all_its_rows(tmp_path: Path) -> None:
    outline = next(
        s for s in all_scenarios() if s.rows > 1 and not any("団体:" in t or "宣言:" in t for t in s.tags)
    )
    path = tmp_path / "names"
    path.write_text(without_row(outline.ids[0]) + "\n", encoding="utf-8")
    ended = renkei(tmp_path, "--scenarios", str(path))
    assert ended.code == 0
    assert {c["scenario"] for c in ended.checks()} == set(outline.ids)
