"""What a gateway may say to harm its reader, and a journal in which it says so everywhere."""

from pathlib import Path

from hypothesis import strategies as st

from harness.catalogue.verdicts import Verdict
from harness.record.run import read_run
from harness.record.values import Run
from tests.reports.journal_book import Book

TEXTS = (
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred",
    "\x9b31mC1",
    "[bold red]markup[/bold red] [link=file:///etc/passwd]x[/link] [/]",
    "<script>alert(1)</script>]]>&amp;<!--",
    "\ud800 lone \udfff",
    "\x00\x08\x0b\x0c\x7f\ufffe\uffff",
    "\u202egnirts\u202c\u2066x\u2069\u2028y\u2029",
    "a\r\nb\rc\td",
    "長" * 50_000,
    "word" * 10_000,
    "e" + "\u0301" * 1000,
    "",
)
ANY_TEXT = st.text(alphabet=st.characters(), max_size=60) | st.sampled_from(TEXTS)
IDS = ("SIG-01", "JF-01")


def hostile_run(folder: Path, text: str) -> Run:
    """A run whose gateway, features and bench all say `text`; one scenario of each kind."""
    book = Book.open(folder)
    book.run(
        {**dict.fromkeys(IDS), "AUTH-01": text, "LOG-04": None}, gateway=text, product=text, organisation=text
    )
    for line, verdict in enumerate(
        (Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.PASS, Verdict.NOT_APPLICABLE)
    ):
        id_ = book.scenario(
            line,
            IDS,
            scenario=f"{line}{text}",
            name=text,
            feature=text,
            rule=text,
            file=text,
            example={"列": text},
        )
        book.step(id_, text, "failed")
        book.south(id_, response=text, correlation_id=text)
        book.north(header={"correlation_id": text}, content={"name": text})
        book.check(id_, (*IDS, text), verdict, code=text, observed=text, expected=text, see=text)
    book.end()
    return read_run(folder)
