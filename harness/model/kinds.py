"""Kinds of exchange: what a run did with the gateway, counted."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry, NorthEntry, PollEntry, SouthEntry, is_north, is_south
from harness.contract.messages import Kind

# Ids within paths: what comes after the name of a collection, but for the names of operations.
_ID: Final = re.compile(r"(?<=/v1/)(subjects|enquiries|batches|notices|pending)/[^/]+")
_OTHER: Final = "ほか"
_KNOWN: Final = re.compile(
    r"/v1/(health|subjects/\{id\}|records(/bulk|/deletion)?|imports|handling|enquiries(/\{id\}(/result)?)?|batches(/\{id\}(/resend)?)?"
    r"|notices(/\{id\})?|portal-sessions|own-information|pending(/\{id\}/(approval|refusal))?|logs/(access|audit|business))"
)


def kinds(entries: Iterable[AnyEntry]) -> dict[str, int]:
    """Kind → how many exchanges of it."""
    found = Counter(kind for entry in entries if (kind := _kind(entry)))
    return dict(sorted(found.items()))


def _kind(entry: AnyEntry) -> str:
    if is_north(entry):
        return _north(entry)
    if is_south(entry):
        return _south(entry)
    return _south(entry) if entry["type"] == Entry.POLL else ""


def _north(entry: NorthEntry) -> str:
    kind = (entry["header"] or {}).get("kind")
    way = "送信" if entry["direction"] == "from_gateway" else "受信"
    return f"北側 {way} {kind if kind in set(Kind) else _OTHER}"


def _south(entry: SouthEntry | PollEntry) -> str:
    path = _ID.sub(r"\1/{id}", entry["path"].partition("?")[0])
    return f"南側 {entry['method']} {path}" if _KNOWN.fullmatch(path) else f"南側 {_OTHER}"
