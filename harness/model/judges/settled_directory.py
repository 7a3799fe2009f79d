"""What contract 2 asks of the directory (guide §12): a change is known within a minute, and who is not known is asked for at once."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from harness.contract.organisations import network_organisation
from harness.model.cases import Case
from harness.model.history.exchanges import Call, Delivery
from harness.model.history.history import History
from harness.model.occasions import Occasion
from harness.model.south.directories import KNOWN_WITHIN, Directories
from harness.model.state.directory import Asking
from harness.model.state.outcomes import refused_with
from harness.model.state.reach import Reach

_RULE: Final = "contract-2-directory-age"
_UNKNOWN: Final = "PARTNER_UNKNOWN"
_ASKS: Final = frozenset({"/v1/enquiries", "/v1/batches", "/v1/notices"})


def changes_are_known(history: History) -> Iterator[Case]:
    """Between two changes that lie far enough apart, whoever had reason to look at the directory got the one that held."""
    got = sorted(fetch.span for fetch in history.fetches if fetch.directory is not None)
    for change, following in pairwise(sorted([*history.told_directories, history.ended])):
        since, until = change + KNOWN_WITHIN, following
        used = [one for one in _using(history) if since < one.span.begin and one.span.end < until]
        if used:
            last = max(used, key=lambda one: one.span.begin)
            kept = any(change <= span.end and span.begin <= last.span.end for span in got)
            scenario = last.scenario if isinstance(last, Call) else ""
            occasion = Occasion(last, scenario, last.span.end)
            observed = "団体の一覧の変更から60秒を過ぎても、取得し直していない"
            yield occasion.case(_RULE, "60秒", kept, observed, "変更を60秒以内に知る")


def partners_are_asked_for(history: History) -> Iterator[Case]:
    """Whoever is to be asked, and stands in no directory, may stand in that of this moment."""
    asking, known = history.once(Asking.of), history.once(Directories.of)
    reach = history.once(Reach.of)
    for call in history.calls:
        if refused_with(call) != _UNKNOWN or not isinstance(call.body, Mapping):
            continue
        partner = str(call.body.get("to"))
        there = any(partner in kinds for kinds in known.possible(call.span))
        if there or partner == network_organisation().code or not reach.there(call.span):
            continue
        kept = asking.just_before(call.span)
        observed = f"知らない団体を宛先とする{call.words}を、団体の一覧を取得し直さずに拒否した"
        occasion = Occasion(call, call.scenario, call.span.end)
        yield occasion.case(_RULE, "宛先の知らない団体", kept, observed, "知らない団体に出会えば、取得し直す")


def _using(history: History) -> Iterator[Call | Delivery]:
    yield from (d for d in history.deliveries if d.status is not None)
    for call in history.calls:
        if call.path in _ASKS and call.method == "POST" and call.status == 202:
            yield call
