"""--watch: a run after each start of the gateway, with what did not pass in the one before."""

import sys
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path
from unittest import mock

import pytest

from harness.catalogue.findings import ConfigurationError
from harness.cli.command_line import carry_out
from harness.cli.watching import InterruptedRunError, Watch, watch_of


def watch_with(marks: Sequence[Hashable | None], codes: Sequence[int], seen: list[list[str]]) -> Watch:
    """Somebody interrupts when there is nothing more to see."""
    looks: Iterator[Hashable | None] = iter(marks)
    ended = iter(codes)

    def mark() -> Hashable | None:
        try:
            return next(looks)
        except StopIteration:
            raise KeyboardInterrupt from None

    def carry(options: Sequence[str]) -> int:
        seen.append(list(options))
        return next(ended)

    return Watch(mark, carry, lambda: None)


def test_what_failed_is_run_again_after_each_start_and_everything_when_nothing_failed(tmp_path: Path) -> None:
    seen: list[list[str]] = []
    # Looked at before each run, and after it until the gateway is another one.
    marks = [1, 1, None, 1, 1, 2, 2, 2, 3]
    code = watch_with([*marks, 3, 3], [1, 1, 0, 0], seen).runs(["--gateway=http:x"], tmp_path / "first")
    assert code == 0
    folders = [options[-1].removeprefix("--run-folder=") for options in seen]
    assert folders[0] == str(tmp_path / "first")
    assert len(set(folders)) == len(folders) == 4
    again = [[o for o in options if o.startswith("--rerun-failed")] for options in seen]
    assert again == [[], [f"--rerun-failed={folders[0]}"], [f"--rerun-failed={folders[1]}"], []]


def test_a_first_run_that_cannot_begin_ends_it() -> None:
    seen: list[list[str]] = []
    assert watch_with([1], [2], seen).runs([], None) == 2
    assert len(seen) == 1


def test_a_later_one_that_cannot_begin_is_tried_again_with_what_failed_before() -> None:
    seen: list[list[str]] = []
    assert watch_with([1, 2, 2, 3, 3], [1, 2, 0], seen).runs([], None) == 0
    assert seen[1][0] == seen[2][0] != ""
    assert seen[1][0].startswith("--rerun-failed=")


def test_an_interrupted_run_ends_it_with_what_that_run_came_to() -> None:
    codes = iter([0])

    def carry(_: Sequence[str]) -> int:
        try:
            return next(codes)
        except StopIteration:
            raise InterruptedRunError(4) from None

    assert Watch(iter([1, 2, 2]).__next__, carry, lambda: None).runs([], None) == 4


def test_a_run_that_is_interrupted_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its first wait is what Ctrl-C interrupts; 1 and 130 are what the process of the run may end with."""
    for ended, code in ((1, 1), (130, 4), (-2, 4)):
        waits: Iterator[BaseException | int] = iter([KeyboardInterrupt(), ended])
        process = mock.Mock(wait=mock.Mock(side_effect=waits))
        monkeypatch.setattr("harness.cli.watching.subprocess.Popen", lambda *_, of=process: of)
        assert watch_of(f"command:{sys.executable}", None).runs([], None) == code


def test_after_a_run_that_the_bench_could_not_finish_comes_one_in_another_folder(tmp_path: Path) -> None:
    seen: list[list[str]] = []
    watch_with([1, 2, 2], [3, 0], seen).runs([], tmp_path / "first")
    assert seen[0] == [f"--run-folder={tmp_path / 'first'}"]
    assert len(seen) == 2
    assert seen[1] != seen[0]


def test_what_did_not_pass_is_run_again_without_what_does_not_go_with_that() -> None:
    seen: list[list[str]] = []
    asked = ["--thorough", "--scenarios=x", "--seed=1"]
    watch_with([1, 2, 2, 3, 3], [1, 0, 0], seen).runs(asked, None)
    assert [options[:-1] for options in seen] == [
        asked,
        ["--seed=1", seen[0][-1].replace("--run-folder", "--rerun-failed")],
        asked,
    ]


@pytest.mark.parametrize("option", ["--rerun-failed", "--resume", "--replay"])
def test_runs_of_an_earlier_one_are_not_watched(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert carry_out(["run", "--watch", option, "x"]) == 2
    assert option in capsys.readouterr().err


@pytest.mark.parametrize("command", ["no-such-program --port 1", "python3 -m gateway", "python3 -c pass"])
def test_a_command_of_which_nobody_sees_that_it_changed_is_refused(command: str) -> None:
    with pytest.raises(ConfigurationError):
        watch_of(f"command:{command}", None)


def test_a_program_of_the_path_is_looked_at_where_it_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "its-gateway"
    program.write_text("one", encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    watch = watch_of("command:its-gateway --port 9101", None)
    assert watch.mark() == (program.stat().st_mtime_ns,)


def test_what_is_no_command_line_is_for_the_run_to_say() -> None:
    assert watch_of('command:"open', None).mark() == ()


def test_the_file_of_a_command_tells_its_starts(tmp_path: Path) -> None:
    program = tmp_path / "gateway"
    program.write_text("one", encoding="utf-8")
    watch = watch_of(f"command:{program} --port 9101", None)
    before = watch.mark()
    program.touch()
    assert watch.mark() not in {None, before}


@pytest.mark.parametrize(
    ("gateway", "statement"), [("reference", None), ("http:", None), ("http:", Path("none.toml"))]
)
def test_a_gateway_whose_start_nobody_sees_is_refused(gateway: str, statement: Path | None) -> None:
    with pytest.raises(ConfigurationError):
        watch_of(gateway, statement)
