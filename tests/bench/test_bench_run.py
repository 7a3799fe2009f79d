"""`renkei run` and `pytest --gateway` as users call them: output, views, exit codes, bad input."""

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.bench.bench_run import renkei
from tests.bench.bench_statements import document, write

SOME = ("--use-case", "児童扶養手当", "--requirement", "NET-03", "--requirement", "AUTH-05")


def test_a_run_from_anywhere_leaves_every_view(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n", encoding="utf-8")
    ended = renkei(tmp_path, *SOME, "--seed", "7", cwd=tmp_path)
    assert (ended.code, ended.verdicts()) == (0, {"NET-03": "合格", "AUTH-05": "合格"})
    assert "適合" in ended.out
    suites = ET.parse(ended.folder / "junit.xml").getroot()  # noqa: S314  # our own file
    checked = len([check for check in ended.checks() if not check["scenario"].startswith("全記録")])
    assert checked > 4
    assert sum(int(s.get("tests", "0")) for s in suites.iter("testsuite")) == checked
    assert len(list((ended.folder / "allure-results").glob("*-result.json"))) == checked


def test_the_journal_holds_both_faces_steps_checks_versions_and_seed(tmp_path: Path) -> None:
    ended = renkei(tmp_path, *SOME, "--seed", "7")
    lines = (ended.folder / "journal.jsonl").read_bytes().splitlines()
    entries = [json.loads(line) for line in lines]
    run, end = next(e for e in entries if e["type"] == "run"), entries[-1]
    assert (run["seed"], end["type"], end["exit_code"], end["complete"]) == (7, "end", 0, True)
    assert {"python", "pytest", "renkei"} <= set(run["versions"])
    assert {e["face"] for e in entries if e["type"] == "exchange"} == {"south", "north"}
    assert {"scenario", "step", "check"} <= {e["type"] for e in entries}


def test_the_same_seed_makes_the_same_residents_and_parallel_workers_too(tmp_path: Path) -> None:
    persons = [
        sorted(
            p
            for check in renkei(tmp_path / name, *SOME, "--seed", "7", *more).checks()
            for p in check["persons"]
        )
        for name, more in (("a", ()), ("b", ("-n", "1")))
    ]
    assert persons[0] == persons[1]
    assert len(set(persons[0])) > 4


def test_pytest_with_gateway_is_the_same_run(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--gateway",
        "reference",
        "--run-folder",
        str(tmp_path / "run"),
    ]
    done = subprocess.run(
        [*command, *SOME], capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout
    results = json.loads((tmp_path / "run" / "results.json").read_text(encoding="utf-8"))
    assert {r["id"]: r["verdict"] for r in results["requirements"]} == {"NET-03": "合格", "AUTH-05": "合格"}


def test_list_shows_scenarios_and_runs_nothing(tmp_path: Path) -> None:
    ended = renkei(tmp_path, "--list", "--requirement", "AUTH-05")
    assert (ended.code, ended.folder.exists()) == (0, False)
    assert "手当の項にない照会を拒否し、送らない" in ended.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--gateway", "referense"), "それはない（近いもの: reference。ある: command、http、null"),
        (("--gateway", "reference+no-such-defect"), "ある: accepts-alg-none"),
        (("--gateway", "http:http://127.0.0.1:9"), "--statement gateway.toml を付ける"),
        (("--gateway", "http:", "--statement", "no-such.toml"), "no-such.toml: 実装適合宣言のファイルがない"),
        (("--use-case", "年末調整"), "--use-case 年末調整: それはない（ある: 児童扶養手当、生活保護、"),
        (("--requirement", "SIG-99"), "--requirement SIG-99: それはない（近いもの: SIG-"),
        (("--whole", "SIG-99"), "--whole SIG-99: それはない（近いもの: SIG-"),
        (("--scenarios", "no-such"), "no-such: 読めない"),
        (("--resume", "no-such", "--seed", "7"), "--resume は -n の他の指定と合わせられない"),
        (("--rerun-failed", "no-such", "--scenarios", "x"), "--scenarios と合わせられない"),
        (("--gateway", "command:"), "起動する命令を書く"),
    ],
)
def test_bad_input_is_one_sentence_and_exit_2(arguments: tuple[str, ...], says: str, tmp_path: Path) -> None:
    statement = write(tmp_path / "s.toml", document())
    more = ("--statement", str(statement)) if "command:" in arguments else ()
    ended = renkei(tmp_path, *arguments, *more)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert says in ended.err
    assert not (ended.folder / "results.json").exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"contract": "3"}, "契約の版 3: それはない（ある: 1、2）"),
        ({"organisation": {"code": "131024"}}, "団体コード 131024 は検証環境にない"),
        ({"north": {"url": "ftp://127.0.0.1/north"}}, "http の URL ではない"),
        ({"north": {"url": "http://gateway.example/north"}}, "--allow-host gateway.example を付ける"),
        ({"network": {"listen": "0.0.0.0:9200"}}, "network/listen"),
        ({"unknown": {"x": 1}}, "unknown"),
    ],
)
def test_a_statement_that_cannot_be_used_is_one_sentence(
    changes: dict[str, Any], says: str, tmp_path: Path
) -> None:
    statement = write(tmp_path / "gateway.toml", document(**changes))
    ended = renkei(tmp_path, "--gateway", "http:", "--statement", str(statement))
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert says in ended.err


def test_broken_toml_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "gateway.toml").write_text("contract = \n", encoding="utf-8")
    ended = renkei(tmp_path, "--gateway", "http:", "--statement", str(tmp_path / "gateway.toml"))
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "TOML として読めない" in ended.err


def test_an_occupied_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        statement = write(tmp_path / "gateway.toml", document(network={"listen": listen}))
        ended = renkei(tmp_path, "--gateway", "http:", "--statement", str(statement))
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert listen.rpartition(":")[2] in ended.err


def test_a_run_folder_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    ended = renkei(tmp_path)
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert "別の --run-folder" in ended.err
    assert list((tmp_path / "run").iterdir()) == []


def test_scenarios_without_a_gateway_are_refused(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "pytest", str(root / "features")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=60, check=False)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--gateway が要る" in done.stdout + done.stderr
