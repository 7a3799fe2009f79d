"""Orders that our own defects of order and state fail, performed on them and on the clean reference by the commands as a user does."""

from pathlib import Path

import pytest

from harness.bench.run_folder import keep_gateway
from harness.explore.keeping import FOLDER
from tests.bench.bench_run import renkei
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
