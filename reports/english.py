"""What the suite says in Japanese, in English: by the sentence, whatever stands in its blanks."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache

from harness.catalogue.findings import findings
from harness.catalogue.requirements import all_requirements
from harness.model.rules import rules
from reports.templates import resource

_BLANK = re.compile(r"\{(\w+)\}")
_JOINED = re.compile(r"(?<=がない)、|(?<=のもの）)、")  # of several reasons why a requirement is 対象外


def english(text: str) -> str | None:
    """The sentence in English; None for one that is not in the table, which is for the reader to see as it is."""
    parts = [_one(part) for part in _JOINED.split(text)]
    known = [part for part in parts if part is not None]
    return "; ".join(known) if known and len(known) == len(parts) else None


def _one(text: str) -> str | None:
    if text in _whole():
        return _whole()[text]
    for pattern, said in _patterns():
        if match := pattern.fullmatch(text):
            blanks = {name: _whole().get(value, value) for name, value in match.groupdict().items()}
            return said.format(**blanks)
    return None


@cache
def _sentences() -> Mapping[str, str]:
    rows: Mapping[str, str] = tomllib.loads(resource("english.toml"))["sentences"]
    return rows


@cache
def _whole() -> Mapping[str, str]:
    """Those without a blank; headings of findings and sentences of requirements and rules among them."""
    of_findings = {row.ja: row.en for row in findings().values()}
    of_findings |= {row.next: row.next_en for row in findings().values()}
    of_requirements = {row.ja: row.en for row in all_requirements().values()}
    plain = {ja: en for ja, en in _sentences().items() if not _BLANK.search(ja)}
    of_rules = {row.ja: row.en for row in rules().values()}
    return {**of_rules, **of_requirements, **of_findings, **plain}


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    with_blanks = [(ja, en) for ja, en in _sentences().items() if _BLANK.search(ja)]
    return tuple((_pattern(ja), en) for ja, en in with_blanks)


def _pattern(ja: str) -> re.Pattern[str]:
    """Every second part of the split is the name of a blank."""
    parts = _BLANK.split(ja)
    return re.compile(
        "".join(f"(?P<{p}>.+)" if i % 2 else re.escape(p) for i, p in enumerate(parts)), re.DOTALL
    )
