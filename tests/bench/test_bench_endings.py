"""How commands end when something around them is not as it should be: never with a traceback, never with a 1 of Python's."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from harness.bench.network import Listening, start_network
from tests.bench.bench_run import INTERRUPTIBLE, RENKEI, without_progress
from tests.bench.waiting import LONGEST_SECONDS, until
from tests.reports.journal_book import Book

NOWHERE = "/nonexistent/there"
QUICK = ("run", "--list", "--requirement", "AUTH-01")
ONE_CASE = ("run", "--use-case", "災害", "--brief")
PYTHON = {
    "PYTHONHASHSEED": "bad",
    "PYTHONHOME": NOWHERE,
    "PYTHONWARNINGS": "error",
    "PYTHONOPTIMIZE": "2",
    "PYTHONPATH": NOWHERE,
    "PYTHONSTARTUP": NOWHERE,
    "PYTHONINSPECT": "1",
}
TERMINAL = {"COLUMNS": "nonsense", "LINES": "²", "TERMINAL_WIDTH": "x", "NO_COLOR": "1", "TERM": "dumb"}
LIBRARIES = {
    "MPLBACKEND": "nonsense",
    "MPLCONFIGDIR": NOWHERE,
    "SSLKEYLOGFILE": NOWHERE,
    "SSL_CERT_FILE": NOWHERE,
    "LOCUST_USERS": "many",
    "GEVENT_RESOLVER": "nonsense",
    "FLASK_DEBUG": "nonsense",
    "PYTEST_ADDOPTS": "--nonsense",
    "PYTEST_PLUGINS": "nonsense",
    "TYPER_USE_RICH": "nonsense",
}
PROXIES = dict.fromkeys(
    ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"), "http://127.0.0.1:9"
)
FEW_FILES = 'ulimit -n 64 && exec "$0" "$@"'
PLACES = {"TZ": "Bad/Zone", "TMPDIR": NOWHERE, "HOME": NOWHERE, "PATH": NOWHERE}
GUARDED = "import os, signal, sys; from harness.cli.guard import guarded; sys.exit(guarded({load}))"


def command(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    """The command with these variables beside those of the test."""
    return subprocess.run(
        [RENKEI, *arguments],
        capture_output=True,
        env={**os.environ, **variables},
        timeout=LONGEST_SECONDS,
        check=False,
    )


def sentences(said: bytes) -> list[str]:
    """The lines of standard error, without those that tell how far it is."""
    assert b"Traceback" not in said
    return without_progress(said.decode("utf-8", "replace"))


@pytest.mark.parametrize("variables", [PYTHON, TERMINAL, LIBRARIES, PLACES], ids=lambda v: next(iter(v)))
def test_variables_that_were_meant_for_others_change_nothing(variables: dict[str, str]) -> None:
    done = command(*QUICK, **variables)
    assert (done.returncode, sentences(done.stderr)) == (0, [])
    assert "AUTH-01" in done.stdout.decode()


def test_what_a_command_starts_is_told_of_none_of_them() -> None:
    """Locust is started later, and so is what it stands on."""
    told = {
        name for name in LIBRARIES if not name.startswith("SSL")
    }  # Python itself heeds those, unless it is told not to
    left = f"lambda: lambda: len({told!r} & set(os.environ))"
    done = subprocess.run(
        [sys.executable, "-c", GUARDED.format(load=left)],
        env={**os.environ, **LIBRARIES},
        timeout=LONGEST_SECONDS,
        check=False,
    )
    assert done.returncode == 0


def test_what_an_environment_says_to_another_server_is_not_for_the_mocked_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"WEB_CONCURRENCY": "many", "FORWARDED_ALLOW_IPS": "*", "UVICORN_PORT": "x"}.items():
        monkeypatch.setenv(name, value)
    process, _ = start_network(tmp_path, Listening())
    process.stop()


@pytest.mark.parametrize(
    ("variables", "encoding"),
    [
        ({"PYTHONIOENCODING": "ascii"}, "ascii"),
        ({"PYTHONIOENCODING": "cp932"}, "cp932"),
        ({"LC_ALL": "C", "PYTHONUTF8": "0"}, "ascii"),
        ({"PYTHONIOENCODING": "nonsense"}, "utf-8"),
    ],
)
def test_what_a_terminal_cannot_show_is_shown_escaped(variables: dict[str, str], encoding: str) -> None:
    shown = command(*QUICK, **variables)
    assert shown.returncode == 0
    assert "AUTH-01" in shown.stdout.decode(encoding)
    wrong = command("spec", "items", "--information", "𠮷", **variables)
    assert wrong.returncode == 2
    assert ("\\U00020bb7" in wrong.stderr.decode(encoding)) == (encoding != "utf-8")


@pytest.mark.parametrize("redirected", [">&-", "2>&-", ">&- 2>&- <&-", "| true", "2>&1 | true"])
def test_nobody_who_reads_changes_no_exit_code(redirected: str) -> None:
    script = f'("$0" "$@" 3>&-; echo $? >&3) {redirected}'
    for arguments, code in ((QUICK, 0), (("spec", "law", "--item", "なし"), 2)):
        outside, inside = os.pipe()
        with open(outside, "rb") as told:
            shell = ["bash", "-c", f"exec 3>&{inside}; {script}", RENKEI, *arguments]
            subprocess.run(
                shell, pass_fds=[inside], capture_output=True, timeout=LONGEST_SECONDS, check=False
            )
            os.close(inside)
            assert told.read() == f"{code}\n".encode()


def test_output_that_is_lost_to_a_full_disk_is_no_success() -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [RENKEI, *QUICK], stdout=full, stderr=subprocess.PIPE, timeout=LONGEST_SECONDS, check=False
        )
    assert (done.returncode, len(sentences(done.stderr))) == (3, 1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_at_the_very_first_is_never_a_verdict(number: signal.Signals) -> None:
    """Before Python is there, the signal itself ends the process."""
    # Not by INTERRUPTIBLE: before that has begun, a signal that is ignored where the tests run is ignored here, too.
    started = subprocess.Popen(
        [RENKEI, *QUICK],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # noqa: PLW1509  # no thread of these tests holds a lock for it
    )
    started.send_signal(number)
    said = sentences(started.communicate(timeout=LONGEST_SECONDS)[1])
    assert (started.returncode, said) in [(-number, []), (4, ["中断した。判定はしていない。"])]


@pytest.mark.parametrize(
    ("load", "code", "said"),
    [
        ("lambda: os.kill(os.getpid(), signal.SIGINT)", 4, "中断した"),
        ("lambda: os.kill(os.getpid(), signal.SIGTERM)", 4, "中断した"),
        ("lambda: lambda: os.kill(os.getpid(), signal.SIGINT)", 4, "中断した"),
        ("lambda: lambda: os.kill(os.getpid(), signal.SIGTERM)", 4, "中断した"),
        ("lambda: 1 / 0", 3, "ZeroDivisionError"),
        ("lambda: lambda: open('/nonexistent/file')", 3, "/nonexistent/file: No such file"),
        ("lambda: lambda: sys.exit('words')", 3, ""),
        ("lambda: lambda: 77", 3, ""),
        ("lambda: lambda: 5", 5, ""),
    ],
)
def test_whatever_a_command_does_ends_in_one_sentence(
    load: str, code: int, said: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [*INTERRUPTIBLE, sys.executable, "-c", GUARDED.format(load=load)],
        capture_output=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        timeout=LONGEST_SECONDS,
        check=False,
    )
    assert done.returncode == code
    lines = sentences(done.stderr)
    assert len(lines) == bool(said)
    assert said in "".join(lines)
    details = [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()]
    assert ["Traceback" in text for text in details] == [True] * (code == 3 and bool(said))


def test_a_run_minds_neither_its_surroundings_nor_odd_names(tmp_path: Path) -> None:
    place = tmp_path / "a b::c[d]%e{f}"
    place.mkdir()
    (place / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n", encoding="utf-8")
    (place / "typing.py").write_text("raise SystemExit('taken for ours')\n", encoding="utf-8")
    environment = {**os.environ, **PYTHON, **TERMINAL, **LIBRARIES, **PROXIES, "TZ": "Bad/Zone"}
    environment.pop("HOME", None)
    done = subprocess.run(
        ["sh", "-c", FEW_FILES, RENKEI, *ONE_CASE, "-n", "1", "--run-folder", "run [1]::x"],
        capture_output=True,
        cwd=place,
        env=environment,
        timeout=LONGEST_SECONDS * 2,
        check=False,
    )
    assert (done.returncode, sentences(done.stderr)) == (0, [])
    assert (place / "run [1]::x" / "results.json").exists()


def begun(folder: Path, *options: str) -> "subprocess.Popen[bytes]":
    """A run that has carried out a step."""
    run = subprocess.Popen(
        [RENKEI, *ONE_CASE, *options, "--run-folder", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    journal = folder / "journal.jsonl"
    assert until(lambda: journal.exists() and b'"type":"step"' in journal.read_bytes())
    return run


def fill(run: "subprocess.Popen[bytes]", folder: Path) -> None:
    """No file that the run or its workers write may grow further."""
    least = (folder / "journal.jsonl").stat().st_size
    family = psutil.Process(run.pid)
    for process in (family, *family.children(recursive=True)):
        if "mocks.gateway" not in process.cmdline():
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (least, least))


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["alone", "workers"])
@pytest.mark.parametrize(
    "harm",
    [
        lambda run, folder: (folder / "journal.jsonl").unlink(),
        lambda run, folder: shutil.rmtree(folder),
        fill,
    ],
    ids=["no journal", "no folder", "disk full"],
)
def test_no_verdict_is_said_that_rests_on_nothing(
    harm: Callable[["subprocess.Popen[bytes]", Path], object], options: tuple[str, ...], tmp_path: Path
) -> None:
    run = begun(tmp_path / "run", *options)
    harm(run, tmp_path / "run")
    out, said = run.communicate(timeout=LONGEST_SECONDS)
    assert run.returncode == 3
    assert len(sentences(said)) == 1
    assert "適合" not in out.decode()


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A record whose third line is none."""
    book = Book.open(tmp_path / "damaged")
    book.run({"SIG-01": None})
    book.checked(1, ("SIG-01",))
    book.end()
    lines = book.path.read_bytes().splitlines(keepends=True)
    book.path.write_bytes(
        b"".join([*lines[:2], b'{"type":"check","deep":' + b"[" * 100_000 + b"\n", *lines[2:]])
    )
    return book.folder


def test_a_damaged_record_says_which_line(damaged: Path) -> None:
    reported = command("report", str(damaged))
    assert reported.returncode == 0
    assert "journal.jsonl の 3 行目" in reported.stdout.decode().replace("\n", "").replace("  ", "")
    for arguments in (("compare", str(damaged), str(damaged)), ("trace", "--run-folder", str(damaged))):
        done = command(*arguments)
        assert done.returncode == {"compare": 4, "trace": 0}[arguments[0]]
        assert "journal.jsonl の 3 行目" in sentences(done.stderr)[0]


@pytest.mark.parametrize("option", ["--resume", "--rerun-failed"])
@pytest.mark.parametrize("first", [b"{\n", b'{"type":"run"}\n', b"[1]\n", b"\xff\n"])
def test_a_run_whose_record_begins_damaged_is_not_gone_on_with(
    option: str, first: bytes, tmp_path: Path
) -> None:
    (tmp_path / "journal.jsonl").write_bytes(
        first + json.dumps({"type": "plan", "scenarios": ["a"]}).encode() + b"\n"
    )
    done = command("run", option, str(tmp_path))
    assert (done.returncode, len(sentences(done.stderr))) == (2, 1)
