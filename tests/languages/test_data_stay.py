"""What is printed for machines, what is looked up and what is called by its name is the same in every language."""

import os
import subprocess
import sys

import pytest

from tests.bench.bench_run import RENKEI


def printed(*command: str, language: str = "en") -> list[str]:
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "RENKEI_LANG": language, "COLUMNS": "400"},
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    "command",
    [
        ["spec", "law", "--tsv"],
        ["spec", "law", "--by", "information", "--tsv"],
        ["spec", "items", "--tsv"],
        ["completion", "bash"],
    ],
    ids=" ".join,
)
def test_what_a_program_reads_is_the_same_in_both_languages(command: list[str]) -> None:
    assert printed(RENKEI, *command) == printed(RENKEI, *command, language="ja") != []


def test_a_list_of_scenarios_in_a_pipe_differs_by_its_last_line_only() -> None:
    *rows, count = printed(RENKEI, "run", "--list")
    *in_japanese, said = printed(RENKEI, "run", "--list", language="ja")
    assert rows == in_japanese
    assert count.endswith("checks")
    assert said.endswith("件")


def test_words_of_law_stay_on_a_terminal_and_the_version_is_told_in_english() -> None:
    said = printed(RENKEI, "spec", "law", "--table", "2015-09-09", "--item", "46")
    assert "Amendments after 9 September 2015 are not included." in said
    assert any(line.startswith("46 ") and "市町村長" in line for line in said)
    assert not any("art. 第" in line for line in said)
    assert any(line.startswith("My Number Act") for line in said)
    assert any(line.startswith("リンクコード → 情報提供用個人識別符号  Source: ") for line in said)


@pytest.mark.parametrize("name", ["暗号・署名", "/runs/暗号・署名/a（1）", "連絡", "再起動した。"])
def test_a_sentence_names_a_file_as_it_is_called(name: str) -> None:
    call = f"streams.told('実行フォルダー: {{0}}', {name!r})"
    script = f"from harness.cli import streams\nlost = streams.prepare()\n{call}\nlost()"
    assert printed(sys.executable, "-c", script) == [f"Run folder: {name}"]
