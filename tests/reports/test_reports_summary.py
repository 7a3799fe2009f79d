"""The terminal summary: what it says, in which order, and that nobody but us controls the terminal."""

import io
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from harness.catalogue.requirements import requirements
from harness.catalogue.verdicts import Verdict
from harness.record.conclusion import assess
from harness.record.run import read_run
from reports.layout import wrap
from reports.run.summary import print_summary, summary
from tests.reports.hostile import ANY_TEXT, TEXTS, hostile_run
from tests.reports.journal_book import FILE, Book

EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf]")
SGR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book.open(tmp_path / "run")


def lines(book: Book, width: int = 100, folder: Path | None = None) -> list[str]:
    return [line.plain for line in summary(read_run(book.folder), width, folder)]


def printed(book: Book, *, terminal: bool, width: int = 80, no_color: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=terminal,
        color_system="truecolor" if terminal else None,
        no_color=no_color,
    )
    print_summary(read_run(book.folder), console, Path("runs/20120801"))
    return out.getvalue()


def test_passing_run_heads_with_its_verdict_gateway_and_counts(book: Book) -> None:
    book.run()
    book.everything_passes()
    book.end()
    said = lines(book)
    count = len(requirements())
    head = f" 適合   要件 {count}: 不合格 0  判定不能 0  合格 {count}  対象外 0  http:http://127.0.0.1:9101/south"
    assert said[said.index(head) - 1] == ""
    assert not any(line.startswith("  合格 ") for line in said[said.index(head) :])  # the verdict stands last
    assert "  団体: 静岡市（221007）　製品: Example Gateway 1.4.0　契約の版: 1" in said
    assert not any("不合格の要件" in line or "判定不能の要件" in line for line in said)
    assert sum(line.startswith("  合格 ") for line in said) == count


@pytest.mark.parametrize("name", ["暗号・署名", "連絡", "住民情報連携・照会…（甲社）", "再起動した。"])
def test_what_whoever_was_tested_and_whoever_ran_it_call_something_stays_in_english(
    book: Book, name: str
) -> None:
    book.run(product=name, gateway=f"command:{name}", run_id=name)
    book.everything_passes()
    book.end()
    run = read_run(book.folder)
    said = [line.plain for line in summary(run, 100, Path(name), "en")]
    assert any(f"Product: {name}" in line for line in said)
    assert any(line.endswith(f"command:{name}") for line in said)
    assert any(line.endswith(f"Run: {name}") for line in said)
    assert f"  Run folder  {name}" in said


def test_failing_requirement_stands_last_with_all_that_is_needed(book: Book) -> None:
    book.run({"SIG-01": None, "AUTH-02": None, "LOG-01": None})
    book.checked(10, ("SIG-01",), Verdict.FAIL)
    book.checked(20, ("SIG-01",), Verdict.FAIL)
    book.checked(30, ("SIG-01",))
    book.checked(40, ("AUTH-02",), Verdict.INCONCLUSIVE, code="NETWORK_FAILED", expected=None)
    book.checked(50, ("LOG-01",))
    book.end()
    said = lines(book)
    text = "\n".join(said)
    for label, value in (
        ("判定の理由", "拒否すべきものが受け付けられた（NOT_REFUSED）"),
        ("観測", "POST /v1/inbox に 202"),
        ("期待", "POST /v1/inbox に 401 SIGNATURE_INVALID（暗号・署名）"),
        ("根拠", "§4-3 処理の流れ（照会応答側）①"),
        ("責任分解点", "連携IF 暗号・署名"),
        ("確認先", "電文の外側の署名検証"),
        ("シナリオ", "シナリオ10"),
        ("ステップ", "ならば 拒否される"),
        ("ほか", "この要件が不合格のシナリオがあと 1件"),
    ):
        assert re.search(rf"^    {label} +{re.escape(value)}$", text, re.MULTILINE), label
    assert f"{FILE}:10" in text
    assert f"{FILE}:14" in text
    verdict = "\n 不適合   要件 3: 不合格 1  判定不能 1  合格 1  対象外 0"
    places = [
        text.index(t) for t in ("\n要件ごとの判定", "\n判定不能の要件  1件", "\n不合格の要件  1件", verdict)
    ]
    assert places == sorted(places)
    assert "  不合格   SIG-01     1/3     " in text


def test_incomplete_run_says_so_and_names_what_was_not_tested(book: Book) -> None:
    book.run()
    book.checked(1, ("SIG-01",))
    text = "\n".join(lines(book))
    assert "\n 判定不能 " in text
    assert "実行が最後まで終わっていない" in text
    assert f"検査が実行されていない要件（{len(requirements()) - 1}件）" in text
    assert "所要時間は不明" in text


def test_chosen_requirements_are_never_taken_for_all(book: Book) -> None:
    book.run({"SIG-01": None})
    book.checked(1, ("SIG-01",))
    book.end()
    assert f"要件を選んで実行した結果である（要件カタログ {len(requirements())}件のうち 1件）" in "".join(
        lines(book)
    )


def test_what_is_not_declared_is_no_choice_and_a_chosen_use_case_is_one(tmp_path: Path) -> None:
    undeclared = {**dict.fromkeys(requirements()), "LOG-02": "実装適合宣言の roles に 連絡 がない"}
    for name, chosen in (("whole", False), ("part", True)):
        written = Book.open(tmp_path / name)
        written.run(undeclared, chosen=chosen)
        written.checked(1, ("SIG-01",))
        written.end()
        assert assess(read_run(written.folder)).partial is chosen
        assert ("選んで実行した結果である" in "".join(lines(written))) is chosen


def test_what_is_run_again_on_another_gateway_says_so(book: Book) -> None:
    earlier = {"run_id": "5a8f0d3e", "gateway": "reference+accepts-replay", "same_gateway": False}
    book.run({"SIG-01": None}, narrowed=True, rerun=earlier)
    book.checked(1, ("SIG-01",))
    book.end()
    text = re.sub(r"\s", "", "".join(lines(book)))
    assert "実行5a8f0d3eで合格しなかったシナリオを、もう一度実行した結果である" in text
    assert "違うゲートウェイを検証した（その実行reference+accepts-replay、この実行http:" in text


@pytest.mark.parametrize("recorded", [True, False])
def test_files_of_the_run_are_named(book: Book, tmp_path: Path, recorded: bool) -> None:
    """The record only where it lies: of two gateways the second has none of its own."""
    book.run()
    folder = tmp_path / "f"
    folder.mkdir()
    if recorded:
        (folder / "journal.jsonl").touch()
    said = "\n".join(lines(book, folder=folder))
    for name in ("results.json", "junit.xml", "allure-results/"):
        assert name in said
    assert ("journal.jsonl" in said) == recorded


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
@pytest.mark.parametrize("text", TEXTS)
def test_no_line_is_wider_than_the_terminal(tmp_path: Path, text: str, width: int) -> None:
    run = hostile_run(tmp_path, text)
    out = io.StringIO()
    print_summary(run, Console(file=out, width=width), Path("runs/1"))
    widths = [cell_len(line) for line in out.getvalue().split("\n")]
    assert max(widths) <= min(width, 100)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(text=ANY_TEXT)
@example(text=TEXTS[0])
@example(text=TEXTS[2])
def test_gateway_text_neither_controls_the_terminal_nor_is_markup(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    run = hostile_run(tmp_path_factory.mktemp("run"), text)
    out = io.StringIO()
    print_summary(run, Console(file=out, width=80, force_terminal=True, color_system="standard"))
    said = SGR.sub("", out.getvalue())
    categories = {unicodedata.category(c) for c in said.replace("\n", "")}
    assert not categories & {"Cc", "Cs", "Zl", "Zp"}
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068") & set(said)
    assert said == "".join(f"{line.plain}\n" for line in summary(run, 80))


def test_markup_of_a_gateway_is_shown_as_it_is(book: Book) -> None:
    book.run({"SIG-01": None})
    book.checked(1, ("SIG-01",), Verdict.FAIL, observed="[red]x[/red] [/] :smile: \x1b[31m")
    assert "[red]x[/red] [/] :smile: ␛[31m" in "\n".join(lines(book))


def test_observation_is_bounded_and_keeps_both_ends(book: Book) -> None:
    book.run({"SIG-01": None})
    book.checked(
        1, ("SIG-01",), Verdict.FAIL, observed="頭" + "Q" * 5_000_000 + "尾", expected=None, see=None
    )
    text = "\n".join(lines(book))
    assert text.count("Q") == 300 - 3
    assert "頭Q" in text
    assert "Q…" in text.replace("\n", "").replace(" ", "")
    assert "Q尾" in text


def test_plain_where_there_is_no_terminal_or_no_colour(book: Book) -> None:
    book.run()
    book.checked(1, ("SIG-01",), Verdict.FAIL)
    book.end()
    plain = printed(book, terminal=False)
    assert "\x1b" not in plain
    assert "\x1b[" in printed(book, terminal=True)
    assert not re.search(r"\x1b\[[0-9;]*(3|4)[0-7]", printed(book, terminal=True, no_color=True))
    assert SGR.sub("", printed(book, terminal=True)) == plain
    assert not EMOJI.search(plain)


@given(st.text(alphabet="あ、。（）「」a b-1ー𠮷", max_size=80), st.integers(10, 60))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    broken = wrap(text, width)
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in broken)


def test_wrapping_keeps_japanese_line_breaks() -> None:
    assert wrap("照会依頼を送る。", 14) == ["照会依頼を", "送る。"]
    assert wrap("照会依頼（電文）", 10) == ["照会依頼", "（電文）"]
    assert wrap("電文は SIGNATURE_INVALID で", 30) == ["電文は SIGNATURE_INVALID で"]
    assert wrap("", 10) == [""]
