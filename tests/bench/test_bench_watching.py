"""--watch: a run after each start of the gateway, with what did not pass in the one before."""

from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

import pytest

from harness.catalogue.findings import ConfigurationError
from harness.cli.watching import Watch, watch_of


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
