"""What somebody meets who has just installed it: slips, help, the version, and an explanation of what a report names."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from harness.catalogue.findings import findings
from harness.catalogue.requirements import all_requirements
from harness.cli.command_line import carry_out
from harness.cli.commands import COMMANDS
from harness.model.rules import rules
from mocks.defects import UnknownDefectError, defect

RUN = [[], *[[name] for name in COMMANDS], ["load", "run"], ["load", "calibrate"], ["spec", "items"]]


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("command", RUN, ids=" ".join)
def test_help_cuts_no_word_and_fits_80_columns(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert carry_out([*command, "--help"]) == 0
    out = capsys.readouterr().out
    assert not any(line.rstrip("│ ").endswith("…") for line in out.splitlines())
    assert "Options" not in out
    assert max(map(cell_len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (["rn"], "run"),
        (["run", "--gatway", "x"], "--gateway"),
        (["--versoin"], "--version"),
        (["spec", "itms"], "items"),
        (["run", "--list", "--requirement", "STO-3"], "STO-03"),
        (["run", "--list", "--use-case", "児童"], "児童扶養手当"),
        (["explain", "SIG99"], "SIG-09"),
        (["explain", "NOT_REFUSE"], "NOT_REFUSED"),
        (["spec", "items", "--information", "地方税"], "地方税関係情報"),
    ],
)
def test_a_slip_is_told_the_nearest(
    arguments: list[str], nearest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert carry_out(arguments) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"近いもの: {nearest}" in said


def test_a_defect_that_there_is_not_is_told_the_nearest() -> None:
    with pytest.raises(UnknownDefectError, match="近いもの: accepts-replay"):
        defect("accept-replays")


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert carry_out(["--version"]) == 0
    assert capsys.readouterr().out.startswith("renkei 0.")


def test_a_list_for_a_pipe_has_a_line_a_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    assert carry_out(["run", "--list", "--requirement", "STO-03"]) == 0
    first = capsys.readouterr().out.splitlines()[0].split("\t")
    assert first == ["STO-03", "氏名の文字を変えずに提供する", "8", first[3]]
    assert first[3].startswith("01_児童扶養手当/05_転出者の情報の提供.feature:")


def test_an_explanation_has_the_sentence_the_scenarios_and_the_causes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert carry_out(["explain", "sto-03"]) == 0
    out = capsys.readouterr().out
    for part in (
        "氏名の文字を変えずに提供する",
        "文字列は変えずに運ぶ",
        "Text is carried unchanged",
        "05_転出者の情報の提供.feature:",
        "renkei run --requirement STO-03",
        "NFC 正規化",
        "normalises-names",
    ):
        assert part in out
    assert max(map(cell_len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    "name", [next(iter(findings())), next(iter(rules())), next(iter(all_requirements()))]
)
def test_whatever_a_report_names_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert carry_out(["explain", name]) == 0
    assert capsys.readouterr().out


def test_an_explanation_from_a_folder_without_a_record_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert carry_out(["explain", "STO-03", "--run-folder", "nowhere"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
