"""What a gateway may fill in as it likes is not handed out: a keyed digest stands in its place, by which two such texts can
still be compared.

Kept is what the bench says itself (its requests, its statement, its scenarios, the words of the contract), moments, and
identifiers, where nobody hides in them; the tokens of masking.py stay, and whoever hides in a text in another spelling is
named by his or her token beside the digest, so that a check that finds somebody still does."""

import base64
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self, cast
from urllib.parse import quote, unquote

from harness.contract.journal import Entry
from harness.contract.journal_entries import AnyEntry
from harness.model.hidden import Hidden
from harness.residents.masking import Masks, mapped, token

FREE = "文"
_PUBLISHED = ("harness.contract", "harness.catalogue")  # the rooms whose data are published
_MASKED = re.compile("(⟦[^⟦⟧]*⟧)")
_IDENTIFIER = re.compile(r"[A-Za-z0-9._:~-]{1,64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)")
_PATH = re.compile(r"([/?&=])")
_LOGS = "/v1/logs/"
_LONGEST_OF_A_LOG = 200  # characters
_NONE: frozenset[str] = frozenset()
_ANSWERED = frozenset({"response", "detail", "correlation_id"})
# Kind of entry → the members that a gateway fills in, itself or through the network.
FILLED = MappingProxyType(
    {
        Entry.HEALTH: _ANSWERED,
        Entry.EXCHANGE: _ANSWERED | {"header", "content", "error", "text"},
        Entry.POLL: _ANSWERED,
        Entry.CONTROL: frozenset({"response", "problem"}),
        Entry.SEEN: frozenset({"value"}),
        Entry.FOUND: frozenset({"observed", "where"}),
        Entry.OCCASIONS: frozenset({"violations", "consequences"}),
        Entry.CHECK: frozenset({"observed", "correlation_ids"}),
    }
)


@dataclass(frozen=True)
class Screen:
    """Goes through a masked journal. `instead`: what stands in place of a text of a gateway."""

    masks: Masks
    hidden: Hidden
    known: frozenset[str]
    files: str = ""
    instead: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, masks: Masks, entries: Iterable[AnyEntry], files: str = "") -> Self:
        """For who is in these masks, and what the bench said in a masked journal and in the files that it sent."""
        own = (value for entry in entries for name, value in entry.items() if _is_own(entry, name))
        return cls(masks, Hidden.of(masks.tokens), contract_words() | frozenset(_all(own)), files)

    def screened(self, entry: AnyEntry) -> AnyEntry:
        """The entry as it may be handed out."""
        # A seal is over every text of a log, and would hold of none but these.
        told = self._sealed if str(entry.get("path", "")).startswith(_LOGS) else self._told
        shown = {
            name: self._own(name, value) if _is_own(entry, name) else mapped(value, told)
            for name, value in entry.items()
        }
        return cast(AnyEntry, shown)

    def _own(self, name: str, value: Any) -> Any:
        """Of the bench; where it repeats what a gateway said, as an id in a path, the digest of that."""
        if name == "path" and isinstance(value, str):
            return "".join(self._part(part) for part in _PATH.split(value))
        return mapped(value, lambda text: self.instead.get(text, text))

    def _part(self, part: str) -> str:
        meant = unquote(part)
        said = self.instead.get(meant, meant)
        return part if said == meant else quote(said, safe="")

    def _told(self, text: str) -> str:
        if text not in self.instead:
            self.instead[text] = self._of_json(text) or self._pieces(text, self._harmless)
        return self.instead[text]

    def _sealed(self, text: str) -> str:
        return self._pieces(text, lambda piece: len(piece) <= _LONGEST_OF_A_LOG)

    def _of_json(self, text: str) -> str | None:
        """A document within a text keeps its form."""
        try:
            document = json.loads(text) if text.startswith("{") else None
        except (ValueError, RecursionError):
            return None
        return json.dumps(mapped(document, self._told), ensure_ascii=False) if document else None

    def _pieces(self, text: str, harmless: Callable[[str], bool]) -> str:
        return "".join(self._piece(piece, harmless) for piece in _MASKED.split(text))

    def _piece(self, text: str, harmless: Callable[[str], bool]) -> str:
        if not text.strip() or _MASKED.fullmatch(text):
            return text
        named = self.hidden.found(text)
        if not named and harmless(text):
            return text
        said = "".join(self.masks.tokens[name] for name in named) + token(FREE, text, self.masks.seed)
        return said.ljust(len(text), "…")  # as long as it was: the contract bounds some texts

    def _harmless(self, text: str) -> bool:
        if text in self.known or text in self.files:
            return True
        return any(form.fullmatch(text) for form in (_MOMENT, _IDENTIFIER))


def files_in(entries: Iterable[AnyEntry]) -> str:
    """What stands in the files of fixed width that the bench sent, in a journal that is not masked."""
    requests = (entry.get("request") for entry in entries if entry["type"] == Entry.EXCHANGE)
    sent = (request["file"] for request in requests if isinstance(request, dict) and "file" in request)
    return "\n".join(_read(file) for file in sent)


def _read(file: object) -> str:
    """Empty for what is no file: the bench sends such on purpose."""
    try:
        return base64.b64decode(str(file), validate=True).decode("cp932", "replace")
    except ValueError:
        return ""


def _is_own(entry: AnyEntry, name: str) -> bool:
    return name not in FILLED.get(entry["type"], _NONE)


@cache
def contract_words() -> frozenset[str]:
    """Every text in the published data of the contract: codes, names of items and offices, words of schemas."""
    words: set[str] = set()
    for path in (path for room in _PUBLISHED for path in Path(str(files(room))).rglob("*")):
        if path.suffix == ".json":
            words |= set(_texts(json.loads(path.read_text(encoding="utf-8"))))
        elif path.suffix == ".toml":
            words |= set(_texts(tomllib.loads(path.read_text(encoding="utf-8"))))
        elif path.suffix == ".tsv":
            words |= set(re.split(r"[\t\n]", path.read_text(encoding="utf-8")))
    return frozenset(words)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        yield from _all(value.values())
    elif isinstance(value, list):
        yield from _all(value)


def _all(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from _texts(value)
