"""`renkei plan` as a municipality types it."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.bench.bench_run import RENKEI


def plan(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command."""
    command = [RENKEI, "plan", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_a_line_that_does_not_carry_it_and_what_to_change() -> None:
    done = plan("--population", "100000", "--line", "128k", "--profile", "一斉照会")
    assert (done.returncode, done.stderr) == (0, "")
    for text in ("130.15 kbps", "101.7%", "増え続ける", "時間に分けて送る", "512 kbps", "1 時間目"):
        assert text in done.stdout


def test_a_line_that_carries_it() -> None:
    done = plan("--population", "10000", "--profile", "通常期")
    assert "この回線で足りる" in done.stdout


def test_the_same_for_programs() -> None:
    found = json.loads(plan("--population", "100000", "--json").stdout)
    assert found["published"]["kbps"] == 130.15
    assert len(found["schedule"]) == -(-found["on_the_line"]["messages"] // found["schedule"][0]["messages"])


def test_a_table_of_ones_own(tmp_path: Path) -> None:
    table = tmp_path / "own.toml"
    row = 'use_case = "照会"\ninformation = "地方税関係情報"\nsize_kb = 1\nper_year = 1\n'
    table.write_text(f"[national]\npopulation = 1000\n[[row]]\n{row}", encoding="utf-8")
    assert plan("--population", "1000", "--profile", "通常期", "--table", str(table)).returncode == 0


def test_the_whole_country(tmp_path: Path) -> None:
    done = plan("--nationwide", "--profile", "通常期", "--plot", str(tmp_path / "day.png"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "1,741 団体" in done.stdout
    assert done.stdout.index("データを送る") < done.stdout.index("参照だけを送る")
    assert (tmp_path / "day.png").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--population", "0"], "人口は1人以上"),
        (["--population", "-5"], "人口は1人以上"),
        (["--population", "1000", "--line", "0"], "0より大きい速度"),
        (["--population", "1000", "--profile", "夏"], "通常期、繁忙期、一斉照会"),
        ([], "--population で人口を示す"),
        (["--nationwide", "--plot", "x.gif"], ".png、.svg"),
        (["--nationwide", "--plot", "/nope/x.png"], "書けない"),
        (["--population", "1000", "--table", "/nope"], "読めない"),
    ],
)
def test_a_question_without_an_answer_is_one_sentence(arguments: list[str], said: str) -> None:
    done = plan(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr
