"""A page in each language, and the way from one to the other."""

import re
from pathlib import Path

import pytest

import reports
from harness.languages.choice import ENGLISH, JAPANESE
from reports.languages import words

TEMPLATES = sorted(Path(reports.__path__[0]).rglob("*.html.jinja"))


@pytest.mark.parametrize(
    ("language", "name", "switch"),
    [
        (JAPANESE, "page.html", '<a href="page.en.html" lang="en" hreflang="en">English</a>'),
        (ENGLISH, "page.html", '<a href="page.html" lang="ja" hreflang="ja">日本語</a>'),
        (JAPANESE, "a.html.b", '<a href="a.html.en.b" lang="en" hreflang="en">English</a>'),
        (JAPANESE, 'a:b#"', '<a href="a%3Ab%23%22.en" lang="en" hreflang="en">English</a>'),
        (ENGLISH, "\udcff.html", '<a href="%FF.html" lang="ja" hreflang="ja">日本語</a>'),
    ],
)
def test_a_page_links_to_the_one_in_the_other_language(language: str, name: str, switch: str) -> None:
    """Whatever the file is called."""
    assert str(words(language, name)["switch"]) == f'<p class="switch">{switch}</p>'


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_writes_that_link_itself(template: Path) -> None:
    assert not re.search(r'class="switch"|hreflang', template.read_text(encoding="utf-8"))
