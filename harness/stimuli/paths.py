"""Paths that there are not, and methods that a path does not take, by every kind of caller (guide §2 HTTP)."""

from collections.abc import Iterator
from typing import Final

from harness.gateways.south import Request
from harness.stimuli.south_requests import proper_requests
from harness.stimuli.stage import Stage

_TOKENS: Final = ("business", "staff", "audit", "", "unknown")
# `{}`: an id that nobody has. Each is nearly a path of the table.
_UNKNOWN: Final = (
    "/v1/nothing",
    "/v1/subjects",
    "/v1/subjects/{}/records",
    "/v1/record",
    "/v1/records/bulk/{}",
    "/v1/enquiries/{}/results",
    "/v1/batches/{}/rows",
    "/v1/notices/{}/result",
    "/v1/pending/{}",
    "/v1/pending/{}/approvals",
    "/v1/logs",
    "/v1/logs/secret",
    "/v1/portal-sessions/{}",
    "/v2/records",
    "/health",
)
_METHODS: Final = ("GET", "PUT", "POST", "DELETE", "PATCH")
_BODIES: Final = (None, b"{", b"{}")  # what stands in the body is not looked at


def paths(stage: Stage) -> None:
    """About nobody."""
    resident = stage.residents(1)[0]
    known = stage.citations(asks=True) or stage.citations(asks=False)
    if not known:
        return
    citation = stage.draw.choice(known)
    requests = [*_unknown_paths(stage)]
    listed: dict[str, dict[str, str]] = {"/v1/health": {"GET": ""}}
    for proper in proper_requests(stage, resident, citation):
        path = proper.request.path.partition("?")[0]
        listed.setdefault(path, {})[proper.request.method] = proper.request.caller
    requests += _unlisted_methods(stage, listed)
    stage.draw.shuffle(requests)
    stage.at_once(requests)


def _unknown_paths(stage: Stage) -> Iterator[Request]:
    for path in _UNKNOWN:
        for caller in _TOKENS:
            method = stage.draw.choice(("GET", "POST"))
            yield Request(
                method, path.replace("{}", stage.unused_id()), caller, {} if method == "POST" else None
            )


def _unlisted_methods(stage: Stage, listed: dict[str, dict[str, str]]) -> Iterator[Request]:
    for path, methods in listed.items():
        for method in _METHODS:
            if method in methods:
                continue
            raw = None if method == "GET" else stage.draw.choice(_BODIES)
            yield Request(method, path, next(iter(methods.values())) or "business", raw=raw)
            yield Request(method, path, "", raw=raw)
