"""Masks a journal for the way out of the run folder, and looks whether anything is left: fail closed."""

import base64
import json
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

import ahocorasick

from harness.certificate.refused import RefusedBundleError
from harness.certificate.screening import Screen, files_in
from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry, NorthEntry, RunEntry, is_north
from harness.contract.journal_options import Asked
from harness.contract.journal_text import to_line
from harness.model.hidden import Hidden
from harness.record.reader import read
from harness.residents.masking import MASKED, MESSAGE, Masks, texts_of, token

TOKEN = "トークン"  # noqa: S105  # a word, not a secret
_SHORTEST_ENCODED = 10  # characters: shorter ones would be met by chance in megabytes of signatures
_INSIDE = frozenset({Entry.PEOPLE, Entry.SECRETS, Entry.HEARD, Entry.ASKED, Entry.PREFLIGHT})
_INSIDE_MEMBERS = ("session", "raw", "head", "inner")  # of an exchange
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi"})


def masks_of(journal: Path) -> Masks:
    """Of everybody and every bearer token that a journal tells of."""
    pairs: dict[tuple[str, str], None] = {}
    seed = 0
    for entry in read(journal):
        if entry["type"] == Entry.RUN:
            seed = int(entry["seed"])
        elif entry["type"] == Entry.PEOPLE:
            pairs |= dict.fromkeys(texts_of(entry["people"]))
        elif entry["type"] == Entry.SECRETS:
            pairs |= dict.fromkeys((TOKEN, text) for text in entry["tokens"])
    return Masks.of(pairs, seed)


def redacted(journal: Path, masks: Masks) -> bytes:
    """The journal with tokens in place of what identifies anybody, without the entries that say what that is."""
    entries = [entry for entry in read(journal) if _leaves(entry)]
    masked = [_masked(entry, masks) for entry in entries]
    screen = Screen.of(masks, masked, files_in(entries))
    # Twice: a text may be repeated by the bench, as an id in a path, in a line that stands before the one that says it.
    for entry in masked:
        screen.screened(entry)
    return b"".join(to_line(screen.screened(entry)) for entry in masked)


def must_be_masked(name: str, content: bytes, masks: Masks) -> None:
    """Raises RefusedBundleError NOT_MASKED where anything is left, in whichever encoding, or a private key."""
    finder = ahocorasick.Automaton()
    for text, token_ in masks.tokens.items():
        for needle in _needles(text):
            finder.add_word(needle, token_)
    finder.make_automaton()
    text = content.decode("utf-8", "replace")
    _must_not_hide(name, text, masks)
    for haystack in {text, unicodedata.normalize("NFKC", text)}:
        if found := next(iter(finder.iter(haystack)), None) if masks.tokens else None:
            line = haystack.count("\n", 0, found[0]) + 1
            raise RefusedBundleError("NOT_MASKED", f"{name} の{line}行に {found[1]}", "個人の情報も鍵もない")
    if any(_holds_private_key(json.loads(line)) for line in content.splitlines() if b'"kty"' in line):
        raise RefusedBundleError("NOT_MASKED", f"{name} に秘密鍵", "個人の情報も鍵もない")


def _must_not_hide(name: str, content: str, masks: Masks) -> None:
    """Every text of the file, in every spelling."""
    hidden = Hidden.of(masks.tokens)
    seen: set[str] = set()
    # Not splitlines(), for which U+0085 and U+2028 end a line: a text of JSON may hold them.
    for number, line in enumerate(content.removesuffix("\n").split("\n"), 1):
        for text in set(_scalars(json.loads(line))) - seen:
            seen.add(text)
            if found := hidden.found(text):
                raise RefusedBundleError(
                    "NOT_MASKED", f"{name} の{number}行に {masks.tokens[found[0]]}", "個人の情報も鍵もない"
                )


def _scalars(value: Any) -> Iterator[str]:
    """Texts and numbers, names of members too, without the tokens in them."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield MASKED.sub(" ", name)
            yield from _scalars(member)
    elif isinstance(value, list):
        for element in value:
            yield from _scalars(element)
    elif value is not None and not isinstance(value, bool):
        yield MASKED.sub(" ", str(value))


def _leaves(entry: AnyEntry) -> bool:
    return entry["type"] not in _INSIDE


def _masked(entry: AnyEntry, masks: Masks) -> AnyEntry:
    shown = entry
    if entry["type"] == Entry.RUN:
        shown = _without_places(entry)
    elif is_north(entry) and entry.get("token"):
        # The body of a message is encrypted with test keys that everybody has.
        shown = NorthEntry({**entry, "token": token(MESSAGE, entry["token"], masks.seed)})
    masked: AnyEntry = masks.masked({n: v for n, v in shown.items() if n not in _INSIDE_MEMBERS})
    return masked


def _without_places(entry: RunEntry) -> RunEntry:
    """Where things lie on the machine of the run, and the command line of a gateway, which may hold anything."""
    kind, colon, _ = entry["gateway"].partition(":")
    gateway = f"{kind}:…" if colon and kind == "command" else entry["gateway"]
    options = entry["options"]
    options = Asked({**options, "statement_file": PurePath(options.get("statement_file", "")).name})
    return RunEntry({**entry, "gateway": gateway, "options": options, "command": []})


def _needles(text: str) -> Iterator[str]:
    """A text as it is and as encodings show it."""
    yield text
    yield unicodedata.normalize("NFKC", text)
    for raw in _bytes(text):
        encoded = {raw.hex(), raw.hex().upper(), quote(raw), quote(raw).lower()}
        encoded |= set(_base64(raw))
        encoded |= {json.dumps(text)[1:-1], json.dumps(text)[1:-1].upper().replace("\\U", "\\u")}
        yield from (needle for needle in encoded if len(needle) >= _SHORTEST_ENCODED)


def _bytes(text: str) -> Iterable[bytes]:
    utf8 = text.encode("utf-8", "surrogatepass")
    return {utf8, text.encode("cp932", "ignore") or utf8}


def _base64(raw: bytes) -> Iterator[str]:
    """The characters that are the same wherever the bytes stand in what was encoded."""
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + raw).decode().rstrip("=")
        first = -(-shift * 8 // 6)
        last = (shift + len(raw)) * 8 // 6
        yield whole[first:last]
        yield whole[first:last].replace("+", "-").replace("/", "_")


def _holds_private_key(value: Any) -> bool:
    found = []

    def look(member: Any) -> None:
        if isinstance(member, dict):
            found.append("kty" in member and bool(_PRIVATE_MEMBERS & member.keys()))
            for inner in member.values():
                look(inner)
        elif isinstance(member, list):
            for inner in member:
                look(inner)

    look(value)
    return any(found)
