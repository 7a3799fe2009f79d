"""Orders that our own defects of order and state fail, performed on them and on the clean reference by the commands as a user does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.bench.run_folder import keep_gateway
from harness.contract.journal import FILE_NAME
from harness.explore.keeping import FOLDER
from load import LOOPBACK
from load.send.generator import free_port
from tests.bench.bench_run import RENKEI, ROOT, renkei, without_progress
from tests.bench.test_bench_kinds import TOKENS, statement
from tests.bench.test_bench_kinds import command as gateway_command
from tests.bench.waiting import LONGEST_SECONDS, until
from tests.explore.replayed import Told, command, kept

VERSIONS: Told = [[{"op": "情報登録", "version": 2}], [{"op": "情報登録", "version": 1}]]
APPROVED_TWICE: Told = [
    [{"op": "手動自動"}],
    [{"op": "情報登録"}],
    [{"op": "照会が届く"}],
    [
        {"op": "待つ", "tenths": 15}
    ],  # it is worked on after its 202: what is approved before is not pending yet
    [{"op": "承認"}],
    [{"op": "承認"}],
]
TOLD_TWICE: Told = [[{"op": "連絡が届く"}], [{"op": "連絡がまた届く"}], [{"op": "届いた連絡を見る"}]]
ORDERS = {
    "ignores-versions": ("STO-18", VERSIONS),
    "approves-again": ("CON-08", APPROVED_TWICE),
    "keeps-notices-twice": ("NTC-06", TOLD_TWICE),
}


@pytest.mark.parametrize("defect", ORDERS)
def test_a_defect_fails_its_order_every_time(tmp_path: Path, defect: str) -> None:
    requirement, story = ORDERS[defect]
    file = kept(tmp_path, requirement, story)
    done = command(tmp_path, "replay", str(file), "--gateway", f"reference+{defect}", "--times", "2")
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{requirement}: 2 回のうち 2 回で再現" in done.stdout


def test_the_clean_reference_passes_all_of_them_in_one(tmp_path: Path) -> None:
    story = [beat for _, told in ORDERS.values() for beat in told]
    file = kept(tmp_path, "STO-18", [*story, [{"op": "再起動"}], *story])
    done = command(tmp_path, "replay", str(file), "--gateway", "reference", "--times", "2")
    assert done.returncode == 0, done.stdout + done.stderr


def test_without_a_gateway_it_is_done_on_the_one_on_which_it_was_found(tmp_path: Path) -> None:
    requirement, story = ORDERS["ignores-versions"]
    found_in = tmp_path / "found"
    (found_in / FOLDER).mkdir(parents=True)
    keep_gateway(found_in, "reference+ignores-versions")
    done = command(tmp_path, "replay", str(kept(found_in / FOLDER, requirement, story)), "--times", "1")
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stdout.startswith("ゲートウェイ reference+ignores-versions（")


def test_a_gateway_that_mends_its_record_is_not_believed(tmp_path: Path) -> None:
    port, network = free_port(LOOPBACK), free_port(LOOPBACK)
    requirement, story = ORDERS["ignores-versions"]
    tokens = TOKENS.replace('"', '\\"')
    own = [sys.executable, "-m", "tests.bench.rewriting_gateway", "fewer", str(tmp_path / "run" / FILE_NAME)]
    own += ["--network", "$RENKEI_NETWORK_URL", "--port", str(port), "--defect", "ignores-versions"]
    line = f"command:sh -c \"cd {ROOT} && RENKEI_GATEWAY_TOKENS='{tokens}' exec {' '.join(own)}\""
    at = ("--statement", str(statement(tmp_path, port, network)), "--times", "1")
    done = command(tmp_path, "replay", str(kept(tmp_path, requirement, story)), "--gateway", line, *at)
    assert (done.returncode, len(without_progress(done.stderr))) == (3, 1), done.stderr
    assert "記録が書き換えられた" in done.stderr
    end = json.loads((tmp_path / "run" / FILE_NAME).read_bytes().splitlines()[-1])
    assert (end["type"], end["exit_code"], bool(end["altered"])) == ("end", 3, True)


@pytest.mark.parametrize("command_", ["explore", "replay"])
def test_a_gateway_that_went_away_is_said_once(command_: str, tmp_path: Path) -> None:
    """Killed from outside; it is there while it is looked at, and gone when the stories begin."""
    port, network = free_port(LOOPBACK), free_port(LOOPBACK)
    own = gateway_command(port, f"http://{LOOPBACK}:{network}")
    order = [str(kept(tmp_path, *ORDERS["ignores-versions"])), "--times", "1"]
    words = [command_, *(order if command_ == "replay" else ["--seconds", "1", "--shrinking-seconds", "0"])]
    words += ["--gateway", "http:", "--statement", str(statement(tmp_path, port, network))]
    with subprocess.Popen(
        own, stdout=subprocess.PIPE, env={**os.environ, "RENKEI_GATEWAY_TOKENS": TOKENS}
    ) as process:
        assert process.stdout
        assert process.stdout.readline()
        run = subprocess.Popen(
            [RENKEI, *words, "--run-folder", str(tmp_path / "run")],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        journal = tmp_path / "run" / FILE_NAME
        assert until(lambda: journal.exists() and b'"type":"health"' in journal.read_bytes())
        process.kill()
        out, err = run.communicate(timeout=LONGEST_SECONDS)
    assert run.returncode == 1, out + err
    assert out.count("NO_CONNECTION") == 1


def test_where_nobody_knows_the_gateway_none_is_taken_in_its_place(tmp_path: Path) -> None:
    done = command(tmp_path, "replay", str(kept(tmp_path, *ORDERS["ignores-versions"])))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "--gateway で示す" in done.stderr
    assert not (tmp_path / "run").exists()


def test_the_clean_reference_has_nothing_to_be_found(tmp_path: Path) -> None:
    done = command(tmp_path, "explore", "--seconds", "5", "--seed", "1")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("ゲートウェイ reference（renkei 参照ゲートウェイ）\n種 1: ")


def test_what_is_no_file_of_exploration_is_bad_input(tmp_path: Path) -> None:
    done = command(tmp_path, "replay", str(tmp_path / "none.json"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "none.json" in done.stderr


def test_a_run_says_that_a_failure_came_back_and_is_judged_by_it(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    kept(corpus, *ORDERS["ignores-versions"])
    scenarios = tmp_path / "ids"
    scenarios.write_text("00_機能/26_契約の表.feature:7\n", encoding="utf-8")
    options = ("--gateway", "reference+ignores-versions", "--scenarios", str(scenarios))
    ended = renkei(tmp_path, *options, "--corpus", str(corpus), "--explore", "0")
    assert ended.code == 1
    assert "前に見つかった失敗が戻った: STO-18" in ended.err
    assert ended.verdicts()["STO-18"] == "不合格"
