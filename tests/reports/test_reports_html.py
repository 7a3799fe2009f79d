"""report.html in a real browser, as a vendor with a failing gateway opens it, and as a hostile gateway would spoil it."""

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from harness.catalogue.verdicts import Verdict
from harness.record.run import read_run
from reports.run.html_report import FILE_NAMES, html_reports
from reports.run.page import anchor
from reports.run.views import write_views
from tests.reports.browser import ARTEFACTS, needs_browser, opened
from tests.reports.journal_book import Book

HOSTILE = "</script><script>window.spoilt = true; alert(1)</script><img src=x onerror=alert(2)>\x1b[31m"
FAILED, PERSON = "SIG-01", "r000000000000000000000001"
FEW, MANY = 12, 1_000
LARGEST = 10_000_000  # bytes of a page about 1,000 checks


def written(folder: Path, many: int) -> Path:
    """A run with so many checks, one of which failed, of a gateway that answers with markup."""
    book = Book.open(folder)
    book.run({FAILED: None, "NET-01": None}, product=HOSTILE, seed=7)
    failed = book.scenario(1, (FAILED,), name="署名のない照会依頼を受け付けない", example={"電文": HOSTILE})
    book.step(failed, text="署名のない電文が届く")
    book.step(failed, text="本市はその照会依頼を受け付けない", outcome="failed")
    observed = f"受信箱の応答: 202 {HOSTILE}"
    book.check(failed, (FAILED,), Verdict.FAIL, observed=observed, persons=[PERSON])
    book.south(failed, path="/v1/health", response={"product": HOSTILE}, status=200)
    header = {"kind": "照会依頼", "from": "401307", "to": "221007"}
    book.north(person=PERSON, status=202, header=header, content={"key": {HOSTILE: HOSTILE}}, text=HOSTILE)
    for line in range(2, many + 1):
        id_ = book.scenario(line, ("NET-01",), name=f"期限切れの電文 第{line}号")
        for number in range(4):
            book.step(id_, text=f"手順 {number} を行う")
            book.south(id_, response={"items": {"総所得額": number, "氏名": "山田" * 200}}, status=200)
        book.check(id_, ("NET-01",))
    book.end()
    write_views(book.folder)
    return book.folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ARTEFACTS.mkdir(exist_ok=True)
    return written(tmp_path_factory.mktemp("html") / "run", FEW)


@pytest.fixture
def url(folder: Path) -> str:
    return (folder / FILE_NAMES["ja"]).as_uri()


def failed_check(folder: Path) -> str:
    run = read_run(folder)
    return next(anchor(s.scenario.id) for s in run.scenarios if s.outcome.verdict == Verdict.FAIL)


def test_a_page_about_a_thousand_checks_stays_small_and_the_same(tmp_path: Path) -> None:
    folder = written(tmp_path / "run", MANY)
    run = read_run(folder)
    pages = html_reports(run)
    assert pages == html_reports(read_run(folder))
    assert set(pages) == set(FILE_NAMES.values())
    for name, content in pages.items():
        assert (folder / name).read_bytes() == content
        assert len(content) <= LARGEST
        assert content.count(b'<details class="check"') == MANY


def test_nothing_that_a_gateway_says_becomes_markup(folder: Path) -> None:
    for name in FILE_NAMES.values():
        page = (folder / name).read_text(encoding="utf-8")
        assert page.count("<script") == 3
        assert "<img" not in page
        assert "\x1b" not in page
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
        assert policy
        assert "'unsafe-inline'; script-src 'sha256-" in policy[1]
        transcripts = page.split('id="transcripts">')[1].split("</script>")[0]
        assert not set("<>&") & set(transcripts)
        assert len(json.loads(transcripts)) == FEW


@needs_browser
def test_the_cause_of_a_failure_stands_first_and_leads_to_its_transcript(folder: Path, url: str) -> None:
    with opened(url) as page:
        page.screenshot(path=ARTEFACTS / "report-failing.png")
        first = page.locator("#todo ~ article").first
        assert FAILED in first.inner_text()
        for label in ("観測", "期待", "根拠", "確認先", "直し方"):
            assert label in first.inner_text()
        first.locator("a").first.click()
        check = page.locator(f"#{failed_check(folder)}")
        expect(check).to_have_attribute("open", "")
        assert check.locator("li.culprit").inner_text().startswith("もし 本市はその照会依頼を")
        exchanges = check.locator(".exchange")
        expect(exchanges).to_have_count(
            2
        )  # drawn when the check opens, which the browser tells a moment later
        assert [e.get_attribute("class") for e in exchanges.all()] == ["exchange south", "exchange north"]
        assert "福岡市 → 静岡市" in exchanges.nth(1).inner_text()
        exchanges.nth(1).locator("summary").click()
        expect(exchanges.nth(1).locator("mark").first).to_be_visible()
        page.screenshot(path=ARTEFACTS / "report-transcript.png")
        assert page.evaluate("window.spoilt") is None


@needs_browser
def test_a_deep_link_opens_its_check(folder: Path, url: str) -> None:
    with opened(f"{url}#{failed_check(folder)}") as page:
        opened_checks = page.locator("details.check[open]")
        expect(opened_checks).to_have_count(1)
        expect(opened_checks.locator(".exchange")).to_have_count(2)


@needs_browser
def test_filter_search_and_keys(url: str) -> None:
    with opened(url) as page:
        shown = page.locator("#shown")
        assert shown.inner_text().startswith(f"{FEW} / {FEW}")
        page.get_by_role("button", name="不合格", exact=True).click()
        assert shown.inner_text().startswith(f"1 / {FEW}")
        page.get_by_role("button", name="すべて").click()
        page.keyboard.press("/")
        page.keyboard.type("net-01 電文 第7号")
        assert shown.inner_text().startswith("1 / ")
        page.locator("#search").fill("")
        page.locator("h1").click()
        page.keyboard.press("f")
        assert page.evaluate("document.activeElement.closest('details').dataset.verdict") == "fail"
        page.keyboard.press("j")
        assert page.evaluate("document.activeElement.closest('details').dataset.verdict") == "pass"
        page.keyboard.press("k")
        page.keyboard.press("Enter")
        expect(page.locator("details.check[open]")).to_have_count(1)


@needs_browser
@pytest.mark.parametrize(
    ("language", "width", "dark"),
    [("ja", 1200, False), ("ja", 375, True), ("en", 375, False), ("en", 1200, True)],
)
def test_nobody_is_shut_out(folder: Path, language: str, width: int, dark: bool) -> None:
    url = f"{(folder / FILE_NAMES[language]).as_uri()}#{failed_check(folder)}"
    with opened(url, width, dark=dark) as page:
        page.screenshot(path=ARTEFACTS / f"report-{language}-{width}-{'dark' if dark else 'light'}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert [v["id"] for v in found.response["violations"]] == []
        assert page.locator("html").get_attribute("lang") == language


@needs_browser
def test_it_prints_on_a4_with_its_failures_open(url: str) -> None:
    with opened(url) as page:
        pdf = page.pdf(format="A4")
        assert pdf.startswith(b"%PDF")
        assert 1 <= len(re.findall(rb"/Type */Page\b", pdf)) < 40
        (ARTEFACTS / "report.pdf").write_bytes(pdf)
