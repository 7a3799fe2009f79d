"""`renkei spec` as its users type it."""

import csv
import io
import subprocess
from pathlib import Path

import pytest
from rich.cells import cell_len

from harness.contract.changes import changes
from harness.contract.items import informations
from tests.bench.bench_run import RENKEI


def spec(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [RENKEI, "spec", *arguments], capture_output=True, text=True, timeout=60, check=False
    )


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def test_the_item_list_is_laid_out_as_in_the_document() -> None:
    done = spec("items", "--information", "地方税関係情報", "--tsv")
    assert done.returncode == 0
    heading = done.stdout.splitlines()[0].split("\t")
    assert heading[:9] == ["No.", "情報名", "型", "桁数", "コード", "コード名", "最小", "最大", "項目説明"]
    assert heading[-8:] == [f"No.{n}" for n in range(1, 9)]
    income = next(line for line in done.stdout.splitlines() if line.startswith("7\t総所得額"))
    assert income.split("\t")[2:4] == ["S9", "13"]
    listed = rows(done.stdout.partition("連携情報\t")[0])
    assert all(row["項目説明"] for row in listed)
    disabled = next(row for row in listed if row["情報名"] == "本人障害区分")
    assert (disabled["コード"], disabled["コード名"]) == ("0・1・2", "非該当・普通障害者・特別障害者")
    groups = {row["情報名"]: (row["最小"], row["最大"]) for row in listed if row["情報名"].startswith("◆")}
    assert groups == {
        **dict.fromkeys(
            ("◆課税情報", "◆市区町村民税額情報", "◆総合分", "◆本人情報", "◆扶養情報"), ("1", "1")
        ),
        "◆都道府県民税額情報": ("0", "1"),
    }


def test_what_repeats_is_said_with_its_limit() -> None:
    done = spec("items", "--information", "予防接種関係情報")
    (group,) = [line for line in done.stdout.splitlines() if "◆その他接種情報" in line]
    assert "（契約2から）" in group
    line = next(line for line in done.stdout.splitlines() if " その他予防接種日 " in line)
    assert line.split() == ["10", "その他予防接種日", "X", "10", "0-N", "6"]
    assert "（N は 10 回まで）" in done.stdout
    written = rows(spec("items", "--information", "予防接種関係情報", "--tsv").stdout)
    repeated = next(row for row in written if row["情報名"] == "その他予防接種日")
    assert (repeated["最小"], repeated["最大"]) == ("0", "N（10まで）")


def test_both_lists_fit_a_terminal_and_say_everything() -> None:
    done = spec("items")
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(cell_len, done.stdout.splitlines())) <= 80
    plain = "".join(done.stdout.split())
    for information in informations().values():
        assert f"【{information.name}】" in plain
        for item in (*information.items, *information.further_items):
            assert "".join(item.note.split()) in plain
            assert all(f"{c}{n}" in plain for c, n in zip(item.codes, item.code_names, strict=True))


def test_both_lists_are_written_as_a_page(tmp_path: Path) -> None:
    page = tmp_path / "items.html"
    done = spec("items", "--html", str(page))
    assert (done.returncode, done.stderr, done.stdout) == (0, "", f"書き出したファイル: {page}\n")
    text = page.read_text(encoding="utf-8")
    for information in informations().values():
        assert f'<h2 id="{information.name}">' in text
        for item in (*information.items, *information.further_items):
            assert f'<th scope="row">{item.name}</th>' in text
            assert item.note in text
    assert "N（10まで）" in text
    assert "0 非該当、1 普通障害者、2 特別障害者" in text
    assert "<script" not in text


def test_the_law_both_ways_round() -> None:
    by_affair = rows(spec("law", "--by", "affair", "--item", "26", "--tsv").stdout)
    by_information = rows(spec("law", "--by", "information", "--item", "26", "--tsv").stdout)
    assert by_affair
    assert len(by_affair) == len(by_information)
    assert "住民票関係情報" not in {row["連携情報"] for row in by_affair}
    assert next(iter(by_information[0])) == "連携情報"
    earlier = rows(spec("law", "--table", "2012-02-14", "--item", "88", "--tsv").stdout)
    assert [row["情報提供者"] for row in earlier] == ["社会福祉協議会"]


def test_the_page_is_written_in_both_languages(tmp_path: Path) -> None:
    assert spec("items", "--html", str(tmp_path / "items")).returncode == 0
    pages = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert pages.keys() == {"items", "items.en"}
    assert '<html lang="ja">' in pages["items"]
    assert '<a href="items.en" lang="en"' in pages["items"]
    assert '<a href="items" lang="ja"' in pages["items.en"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("items", "--information", "無関係情報"),
        ("items", "--html", "/nowhere/items.html"),
        ("items", "--html", "items.html", "--tsv"),
        ("law", "--table", "1999-01-01"),
        ("law", "--by", "name"),
        ("law", "--item", "999"),
    ],
)
def test_what_there_is_not_is_one_sentence(arguments: tuple[str, ...]) -> None:
    done = spec(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.endswith("。\n")


def test_a_terminal_gets_a_table() -> None:
    done = spec("items", "--keys")
    assert done.returncode == 0
    assert "連携形態と照会キーの一覧" in done.stdout
    assert "データ一覧" not in done.stdout


def test_the_versions_of_the_contract_are_named() -> None:
    done = spec("contract")
    assert (done.returncode, done.stderr) == (0, "")
    assert "契約の版: 1、2" in done.stdout.replace("\n", "")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_a_vendor_has_to_change_fits_a_terminal(language: str) -> None:
    done = spec("contract", "--diff", "1", "2", "--lang", language)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert max(map(cell_len, lines)) <= 80
    plain = "".join(done.stdout.split())
    for change in changes().values():
        assert f"  {change.see}  {change.name}" in lines
        assert "".join(getattr(change, language).split()) in plain


@pytest.mark.parametrize(
    "arguments",
    [("--diff", "1", "3"), ("--diff", "2", "1"), ("--diff", "1", "1"), ("--lang", "fr")],
)
def test_versions_and_languages_that_there_are_not_are_one_sentence(arguments: tuple[str, ...]) -> None:
    done = spec("contract", *arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.endswith("。\n")
