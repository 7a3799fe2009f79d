"""report.html, report.en.html: the whole run on one page that needs nothing else and works offline."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from harness.contract.journal_entries import Said
from harness.contract.texts import visible
from harness.languages.choice import JAPANESE, speaking
from harness.languages.writing import is_japanese
from harness.record.judged import seen_rate
from harness.record.values import Run
from reports import facts
from reports.languages import files_of, words
from reports.run import page as model
from reports.run.interconnection import Half
from reports.run.judge_words import consequences, notes
from reports.run.sample_words import few_heading, few_rows, how_sampled, sample_words
from reports.templates import compiled, render, resource

Blocks = Mapping[str, Markup]  # by language
FILE_NAMES: Final = files_of("report.html")
_TEMPLATE, _STYLE, _SCRIPT = "run/report.html.jinja", "run/report.css", "run/report.js"
# What the script itself says.
_WORDS: Final = {
    "south": "南",
    "north": "北",
    "none": "やり取りの記録はない。",
    "short": "大きさを抑えるため、本文は載せていない。記録は journal.jsonl にある。",
}

_FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "fit": model.fit,
    "whole": model.whole,
    "uncut": visible,
    "anchor": model.anchor,
    "kind": model.KINDS.__getitem__,
    "meaning": model.meaning,
    "is_japanese": is_japanese,
    "said_in": lambda text, tell: tell(text),
    "organisation": facts.organisation,
    "day": facts.day,
    "suite": facts.suite,
    "next_step": model.next_step,
    "share": lambda ratio: "-" if ratio is None else f"{ratio:.0%}",
    "rate": lambda rate: "-" if rate is None else f"{rate:.2%}",
    "seen_rate": seen_rate,
}


def html_reports(
    run: Run, matrix: Said | None = None, load: Blocks | None = None, halves: Sequence[Half] = ()
) -> dict[str, bytes]:
    """File name → page, UTF-8, in both languages; `matrix`: of matrix.json; `load`: the block of a load run, by language; `halves`: of
    two gateways against each other, of which this is about one. Everything that a gateway said is escaped; no script of another
    origin or content than ours can run (Content-Security-Policy with
    the hash of our own)."""
    page = model.page_of(run, matrix, halves)
    transcripts = _embedded(page.transcripts)
    return {
        name: _render(page, transcripts, language, (load or {}).get(language))
        for language, name in FILE_NAMES.items()
    }


def prepare() -> None:
    """Compiles the page for all that this process writes: that takes longer than filling it in."""
    compiled(_TEMPLATE, tuple(_FILTERS.items()))


def _render(page: model.Page, transcripts: Markup, language: str, load: Markup | None) -> bytes:
    tell = speaking(language)
    return render(
        _TEMPLATE,
        _FILTERS,
        page=page,
        load=load,
        **words(language, FILE_NAMES[JAPANESE]),
        consequences=consequences(page.run, tell),
        notes=notes(page.run, tell),
        sampled=tell(how_sampled(page.run)),
        samples=sample_words(page.run, language),
        few_heading=tell(few_heading()),
        few=few_rows(page.run, tell),
        style=Markup(resource(_STYLE)),  # noqa: S704  # our own file
        script=Markup(resource(_SCRIPT)),  # noqa: S704  # our own file
        script_hash=_hash(resource(_SCRIPT)),
        transcripts=transcripts,
        script_labels=_embedded({name: tell(words) for name, words in _WORDS.items()}),
    )


def _embedded(value: Any) -> Markup:
    """JSON inside a script element: nothing in it can end the element or start a comment (HTML §4.12.1.3)."""
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&":
        raw = raw.replace(character, f"\\u{ord(character):04x}")
    return Markup(raw)  # noqa: S704  # escaped just above


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
