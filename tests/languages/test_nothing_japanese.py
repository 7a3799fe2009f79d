"""Nothing Japanese is left in English but names and Gherkin: on every page, on the terminal, in what each command refuses."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest

from harness.catalogue.requirements import requirements
from harness.catalogue.verdicts import Verdict
from harness.cli.command_line import carry_out
from harness.cli.commands import COMMANDS
from harness.cli.streams import line_by_line
from harness.languages.choice import ENGLISH, VARIABLE, speaking
from harness.languages.sentences import tables, whole
from harness.record.run import read_run
from harness.record.trace import trace
from reports.run.html_report import FILE_NAMES, html_reports
from reports.run.junit import junit
from reports.run.sarif import sarif
from reports.run.summary import summary
from reports.trace.html import trace_html
from tests.reports.journal_book import Book

ROOT = Path(__file__).parents[2]
WORDS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]+")
TAGS = re.compile(r"<style>.*?</style>|<script.*?</script>|<[^>]*>", re.DOTALL)
LINK = "日本語"  # to the other page
IN_ENGLISH = speaking(ENGLISH)


@cache
def names() -> frozenset[str]:
    """What is a name: words of the published contract and of scenarios, and those that English sentences themselves leave."""
    published = [
        path.read_text(encoding="utf-8")
        for path in (ROOT / "harness/contract").rglob("*.*")
        if path.suffix in {".json", ".toml", ".tsv"}
    ]
    gherkin = [path.read_text(encoding="utf-8") for path in (ROOT / "features").rglob("*.feature")]
    english = [said for table in tables().values() for said in table.values()] + list(whole().values())
    sections = (ROOT / "harness/catalogue/sources.toml").read_text(encoding="utf-8")
    ids = re.findall(r'^id = "(.*)"', sections, re.MULTILINE)
    profiles = [path.stem for path in (ROOT / "load/profiles").glob("*.toml")]
    book = (ROOT / "tests/reports/journal_book.py").read_text(encoding="utf-8")  # its scenario
    return frozenset(
        word
        for text in (*published, *gherkin, *english, *ids, *profiles, book)
        for word in WORDS.findall(text)
    ) | {LINK}


def left(text: str) -> set[str]:
    """What is Japanese in it and no name."""
    return set(WORDS.findall(text)) - names()


def seen(page: bytes) -> str:
    return unescape(TAGS.sub(" ", page.decode()))


@pytest.fixture
def failing(tmp_path: Path) -> Book:
    """A run with every verdict, whose reasons were put together as those of a real one."""
    ids = list(requirements())
    book = Book.open(tmp_path / "run")
    book.run(dict.fromkeys(ids[:3]) | {ids[3]: "実装適合宣言の handling に 手動 がない"})
    told = [
        (
            "NOT_REFUSED",
            "受信箱の応答: 202  （項目「氏名」がない（空の文字列・訂正の後）（ほか 3 件））",
            "401 SIGNATURE_INVALID で拒否する",
        ),
        ("ITEMS_DIFFER", "余分: 住所、本籍。不足: なし", "必要な項目だけ: 氏名"),
        ("NO_ANSWER", "照会応答が届かない", "5秒以内に一つの応答"),
    ]
    for number, (code, observed, expected) in enumerate(told):
        book.checked(
            number + 1,
            (ids[number],),
            Verdict.FAIL,
            code=code,
            observed=observed,
            expected=expected,
            see="受領の送信",
        )
    book.end()
    return book


def test_a_failing_run_is_told_in_english(failing: Book) -> None:
    run = read_run(failing.folder)
    terminal = "\n".join(line.plain for line in summary(run, 100, failing.folder, ENGLISH))
    assert "does not conform" in terminal.casefold()
    assert left(terminal) == set()
    page = seen(html_reports(run)[FILE_NAMES[ENGLISH]])
    assert left(page) == set()
    assert left(seen(trace_html(run, trace(run, None), ENGLISH))) == set()
    assert left(junit(run, IN_ENGLISH).decode()) == set()
    assert left(sarif(run, IN_ENGLISH).decode()) == set()


def test_the_lists_of_items_are_told_in_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, ENGLISH)
    assert carry_out(["spec", "items", "--html", str(tmp_path / "items.html")]) == 0
    told = line_by_line(capsys.readouterr().out, IN_ENGLISH)
    assert told == f"File written: {tmp_path / 'items.en.html'}\n"
    page = (tmp_path / "items.en.html").read_bytes()
    assert b'<html lang="en">' in page
    assert left(seen(page)) == set()
    for said in (
        "Data items",
        "Enquiry key none",
        "N (at most 10)",
        "(since contract 2)",
        "none (any role will do)",
    ):
        assert said in seen(page)


def commands() -> Iterator[list[str]]:
    yield []
    for name in COMMANDS:
        yield [name]
    yield from (
        [*group.split()]
        for group in ("load run", "load calibrate", "spec items", "spec law", "spec contract")
    )


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_the_help_of_a_command_is_in_english(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, ENGLISH)
    assert carry_out([*command, "--help"]) == 0
    said = capsys.readouterr().out
    assert "Usage: " in said
    assert left(said) == set()


REFUSED = [
    ["rum"],
    ["run", "--gatewy", "x"],
    ["run", "--gateway", "nul"],
    ["run", "--gateway", "http:http://127.0.0.1:1/south"],
    ["run", "--requirement", "STO-99"],
    ["run", "--use-case", "x"],
    ["run", "--seed", "x"],
    ["run", "--statement", "none.toml", "--gateway", "http:http://127.0.0.1:1/south"],
    ["run", "--known-failures", "none.toml"],
    ["run", "--scenarios", "none.txt"],
    ["run", "--rerun-failed", "none"],
    ["run", "--resume", "none"],
    ["run", "--resume", "none", "--brief"],
    ["run", "--corpus", "none"],
    ["run", "--run-folder", "there"],
    ["run", "--gateway="],
    ["explore", "--gateway", "nul"],
    ["replay", "none.json"],
    ["init", "--ci", "gitlb"],
    ["init", "--organisation", "1"],
    ["doctor", "--statement", "none.toml"],
    ["explain", "STO-99"],
    ["compare", "none", "none"],
    ["matrix", "--record", "none"],
    ["matrix", "--mutants", "--keep"],
    ["plan", "--json", "--nationwide"],
    ["plan", "--plot", "x.png"],
    ["plan", "--population", "0", "--line", "1M"],
    ["plan", "--population", "1", "--line", "x"],
    ["report", "none"],
    ["bundle", "none", "--key", "none.jwk"],
    ["audit", "none"],
    ["dispute", "none", "STO-03"],
    ["key", "none/key.jwk"],
    ["load", "run", "--profile", "x"],
    ["load", "run", "--municipality", "X"],
    ["load", "run", "--gateway", "nul"],
    ["load", "calibrate", "--line", "x"],
    ["spec", "items", "--information", "x"],
    ["spec", "law", "--by", "x"],
    ["spec", "law", "--item", "999"],
    ["spec", "contract", "--diff", "2", "1"],
    ["trace", "--run-folder", "none"],
]


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_what_is_refused_is_refused_in_english(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, ENGLISH)
    monkeypatch.setattr("harness.cli.run.end_within", lambda *_: None)  # it would end this process, too
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    assert carry_out(arguments) == 2
    told = capfd.readouterr()
    said = line_by_line(told.err, IN_ENGLISH)
    assert said.strip()
    assert left(said) == set()
