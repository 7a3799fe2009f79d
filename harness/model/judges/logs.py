"""The three logs (guide §7), each answer of them against what had happened by then."""

from collections.abc import Iterator

from harness.contract.versions import FIRST
from harness.model.cases import Case
from harness.model.history.history import History
from harness.model.judges.access_log import access_log
from harness.model.judges.audit_log import audit_log
from harness.model.judges.business_log import business_log
from harness.model.judges.filters import filtered
from harness.model.judges.seals import sealed
from harness.model.judges.secrecy import Secrets, secret
from harness.model.judges.settled_logs import logs_by_contract_2
from harness.model.state.correlations import Correlations
from harness.model.state.log_books import LOGS, SEALED, Book
from harness.model.state.subjects import Subjects


def logs(history: History) -> Iterator[Case]:
    """What each shows of itself, and then of what happened."""
    books = {log: Book.of(history, log) for log in LOGS}
    secrets = Secrets.of(history)
    for book in books.values():
        yield from sealed(book)
        yield from filtered(book)
        if book.log in SEALED:
            yield from secret(book, secrets)
    known = Correlations.of(history, history.once(Subjects.of))
    yield from access_log(history, books["access"])
    yield from audit_log(history, books["audit"], known)
    yield from business_log(history, books["business"], known)
    for book in books.values() if history.declared.contract != FIRST else ():
        yield from logs_by_contract_2(history, book, known)
