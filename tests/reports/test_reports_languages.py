"""A page in each language, and the way from one to the other."""

import re
from pathlib import Path

import pytest

import reports
from harness.languages.choice import ENGLISH, JAPANESE
from reports.languages import words

TEMPLATES = sorted(Path(reports.__path__[0]).rglob("*.html.jinja"))


@pytest.mark.parametrize(
    ("language", "switch"),
    [
        (JAPANESE, '<p class="switch"><a href="page.en.html" lang="en" hreflang="en">English</a></p>'),
        (ENGLISH, '<p class="switch"><a href="page.html" lang="ja" hreflang="ja">日本語</a></p>'),
    ],
)
def test_a_page_links_to_the_one_in_the_other_language(language: str, switch: str) -> None:
    assert str(words(language, "page.html")["switch"]) == switch


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_writes_that_link_itself(template: Path) -> None:
    assert not re.search(r'class="switch"|hreflang', template.read_text(encoding="utf-8"))
