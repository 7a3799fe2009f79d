"""A shell is told how a command line may go on."""

import pytest

from harness.cli.command_line import carry_out
from harness.cli.guard import COMPLETING


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


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_has_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert carry_out(["completion", shell]) == 0
    assert f"{COMPLETING}=complete_{shell}" in capsys.readouterr().out


def test_a_shell_that_there_is_not_is_refused_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert carry_out(["completion", "basch"]) == 2
    assert "近いもの: bash" in capsys.readouterr().err
