"""What the bench handed to a gateway and must stay inside, beside the residents whom it registers: numbers of others, what staff said,
sessions, and items that nobody who asked may be given (guide §2, §3 and §7)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from harness.contract.items import informations
from harness.contract.journal_entries import Said
from harness.model.canaries import NUMBERS
from harness.model.readings import plain

LOCAL_ID: Final = "識別番号"
WORDS: Final = "職員が示した理由"
SESSION: Final = "ポータルのセッション"
TOKEN: Final = "トークン"  # noqa: S105  # a word, not a secret
HIDDEN: Final = "提供しない項目の値"
REASON: Final = "提供しない項目の理由"
VALUE: Final = "項目の値"
BIRTH: Final = "生年月日"
_OF_SUBJECT: Final = (("my_number", "個人番号"), ("name", "氏名"), ("kana", "氏名カナ"), ("address", "住所"))
_SHORTEST: Final = 4  # letters that differ
_ID: Final = re.compile("[0-9A-Za-z-]{1,20}")
_JAPANESE: Final = re.compile("[\u3041-\u30fa\u3400-\u9fff\U00020000-\U0003ffff]")
_SUBJECTS: Final = "/v1/subjects/"
Text = tuple[str, str]


class Asked(NamedTuple):
    """A request of the south face and its answer, whoever recorded it."""

    method: str
    path: str
    body: object
    answer: object


class Given(NamedTuple):
    """A message that came or went: what it asks for or gives."""

    information: object
    affair: object
    content: Said


def texts(asked: Iterable[Asked]) -> Iterator[Text]:
    """Pairs of kind and text: of everybody who was named, registered or not, of what staff wrote, and of sessions."""
    for call in asked:
        body = call.body if isinstance(call.body, dict) else {}
        if call.method == "PUT" and call.path.startswith(_SUBJECTS):
            yield from _ids([call.path.removeprefix(_SUBJECTS)])
            told = ((kind, body.get(name)) for name, kind in _OF_SUBJECT)
            yield from ((kind, str(text)) for kind, text in told if tells(kind, text))
        elif call.path.startswith("/v1/pending/") and isinstance(body.get("reason"), str):
            yield WORDS, str(body["reason"])
        elif call.path == "/v1/portal-sessions" and isinstance(call.answer, dict):
            yield SESSION, str(call.answer.get("session"))
        yield from _ids(_local_ids(body))


def hidden(asked: Iterable[Asked], exchanged: Iterable[Given]) -> Iterator[Text]:
    """Values and reasons of items that no affair that came up may be given, unless the same stands where it may."""
    affairs: dict[str, set[str]] = defaultdict(set)
    shown: set[str] = set()
    for given in exchanged:
        affairs[str(given.information)].add(str(given.affair))
        shown.update(scalars(given.content))
    found: dict[Text, None] = {}
    for record in (record for call in asked for record in _records(call.body)):
        information = str(record.get("information"))
        open_ = _provided(information, affairs[information])
        shown.update(scalars(record.get("key")))
        for part, kind in (("items", HIDDEN), ("reasons", REASON)):
            values = record.get(part)
            for name, value in values.items() if isinstance(values, dict) else ():
                if name in open_:
                    shown.add(str(value))
                elif value is not None:
                    found[kind, str(value)] = None
    yield from (pair for pair in found if pair[1] not in shown)


def tells(kind: str, text: object) -> bool:
    """Enough of somebody to know him or her by: few letters, or the same again and again, are met by chance."""
    if not isinstance(text, str):
        return False
    if kind in NUMBERS:
        return text.isascii() and text.isdigit()
    return len(set(_JAPANESE.findall(plain(text)))) >= _SHORTEST


def values(asked: Iterable[Asked], exchanged: Iterable[Given]) -> Iterator[Text]:
    """Of all items, registered, sent or received, and birth dates: what neither log of the two may hold."""
    for call in asked:
        yield from ((VALUE, text) for record in _records(call.body) for text in scalars(record.get("items")))
        body = call.body if isinstance(call.body, dict) else {}
        if call.path.startswith(_SUBJECTS) and isinstance(born := body.get("birth_date"), str):
            yield BIRTH, born
    for given in exchanged:
        yield from ((VALUE, text) for text in scalars(given.content.get("items")))


def _provided(information: str, affairs: Iterable[str]) -> frozenset[str]:
    known = informations().get(information)
    if known is None:
        return frozenset()
    return frozenset(
        n for affair in affairs for n in (*known.used_by(affair), *known.further_used_by(affair))
    )


def _records(body: object) -> Iterator[Said]:
    """Of one request: one, or many."""
    if isinstance(body, dict) and "items" in body and "information" in body:
        yield body
    elif isinstance(body, dict) and isinstance(body.get("records"), list):
        yield from (record for record in body["records"] if isinstance(record, dict))


def _ids(found: Iterable[str]) -> Iterator[Text]:
    """Of the form that the contract gives them: anything else names nobody."""
    yield from ((LOCAL_ID, id_) for id_ in found if _ID.fullmatch(id_))


def said_openly(asked: Iterable[Asked], exchanged: Iterable[Given]) -> str:
    """All values of records and messages, in one spelling: what staff wrote may be the same by chance, and is no secret then."""
    found = {text for call in asked for record in _records(call.body) for text in scalars(record)}
    found |= {text for given in exchanged for text in scalars(given.content)}
    return "\n".join(plain(text) for text in found)


def _local_ids(body: object) -> Iterator[str]:
    """Of one body, of rows, and of a setting about a subject."""
    if not isinstance(body, dict):
        return
    rows = [body, *(row for name in ("rows", "records") for row in _rows(body.get(name)))]
    yield from (row["local_id"] for row in rows if isinstance(row.get("local_id"), str))
    if body.get("scope") == "subject" and isinstance(body.get("key"), str):
        yield body["key"]


def _rows(value: object) -> Iterator[Said]:
    yield from (row for row in value if isinstance(row, dict)) if isinstance(value, list) else ()


def scalars(value: object) -> Iterator[str]:
    """Every value that is no member of another, as text."""
    if isinstance(value, dict):
        for part in value.values():
            yield from scalars(part)
    elif isinstance(value, list):
        for part in value:
            yield from scalars(part)
    elif value is not None:
        yield str(value)
