"""A shell is told how a command line may go on."""

import pytest

from harness.cli.command_line import carry_out
from harness.cli.guard import COMPLETING, INSTRUCTIONS


@pytest.mark.parametrize(
    ("words", "at", "said"),
    [
        ("renkei ru", "1", ["run"]),
        ("renkei run --re", "2", ["--requirement", "--rerun-failed", "--resume"]),
        ("renkei load r", "2", ["run"]),
        ("renkei nothing", "1", []),
    ],
)
def test_what_may_come_is_told(
    words: str, at: str, said: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in ((COMPLETING, "complete_bash"), ("COMP_WORDS", words), ("COMP_CWORD", at)):
        monkeypatch.setenv(name, value)
    assert carry_out([]) == 0
    assert capsys.readouterr().out.split() == said


@pytest.mark.parametrize("instruction", ["", "foo", "complete", "complete_foo", "1"])
def test_what_no_shell_asks_keeps_no_command_from_its_exit_code(
    instruction: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(COMPLETING, instruction)
    assert carry_out(["explain", "STO-99"]) == 2
    assert "STO-99" in capsys.readouterr().err


def test_every_instruction_is_one_that_is_answered(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for instruction in INSTRUCTIONS:
        for name, value in ((COMPLETING, instruction), ("COMP_WORDS", "renkei"), ("COMP_CWORD", "1")):
            monkeypatch.setenv(name, value)
        assert carry_out([]) == 0
    assert capsys.readouterr().err == ""


def test_a_shell_that_is_not_told_sees_that_by_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(COMPLETING, "complete_bash")
    monkeypatch.setattr("harness.cli.completion.shell_complete", lambda *_: 1)
    assert carry_out([]) == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_has_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert carry_out(["completion", shell]) == 0
    assert f"{COMPLETING}=complete_{shell}" in capsys.readouterr().out


def test_a_shell_that_there_is_not_is_refused_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert carry_out(["completion", "basch"]) == 2
    assert "近いもの: bash" in capsys.readouterr().err
