"""Builds the requests of a load run ahead: signed and encrypted as the network would hand them over (guide §3), so that
sending is all that is left to do."""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from harness.catalogue.findings import ConfigurationError
from harness.contract.keys.ring import PUBLISHED, KeyRing
from harness.contract.messages import Kind, Message, timestamp
from harness.contract.statement import Statement
from harness.gateways.south import Staff
from harness.residents.data_items import DataItems
from load.prepare.asking import Asking
from load.prepare.exploring import Others, Place
from load.prepare.population import Population
from load.prepare.prepared import NORTH, REQUESTS, SOUTH, Expected, Prepared, line
from load.prepare.writing import asking_body, asking_header, delivery, request

STAFF = "load-1"
_LONGEST_LIFE = 86_400  # seconds of an enquiry (schema enquiry); it counts from when it is submitted
_PIECE = 250  # messages of one task: a tenth of a second


@dataclass(frozen=True)
class Share:
    """A part of the traffic: one information, one face, and how much of all requests (any positive number). `use_case`: for
    which it is asked, empty where any affair that may ask will do."""

    face: str
    information: str
    weight: float
    use_case: str = ""


@dataclass(frozen=True)
class Wanted:
    """What is to be prepared. `lasts_seconds`: until when the last message must be valid, from now: the run, with what the
    gateway may be late; `ring`: the keys of network and counterparts; `exploration`: the part in whose place comes what exploration does."""

    count: int
    mix: tuple[Share, ...]
    seed: int
    lasts_seconds: float
    ring: KeyRing = PUBLISHED
    exploration: float = 0.0


@dataclass(frozen=True)
class _Draft:
    """One request before it is signed. `subject`: the link code in the north, the 識別番号 in the south; `wish`: of exploration, empty for
    an enquiry as usual."""

    index: int
    face: str
    person: str
    subject: str
    asking: Asking
    items: DataItems
    wish: str = ""


@dataclass(frozen=True)
class _Maker:
    """What all requests share: keys of the others, the gateway's statement, and the moment until which messages hold."""

    ring: KeyRing
    statement: str
    seed: int
    expires_at: str
    lasts_seconds: float


def prepare(
    statement: Statement, population: Population, wanted: Wanted, folder: Path, processes: int = 2
) -> int:
    """Writes the folder of prepared requests; how many. Several processes sign; the order is that of the seed."""
    folder.mkdir(parents=True, exist_ok=True)
    later = timestamp(timedelta(seconds=wanted.lasts_seconds))
    told = json.dumps(statement.to_document())
    make = partial(_lines, _Maker(wanted.ring, told, wanted.seed, later, wanted.lasts_seconds))
    with (folder / REQUESTS).open("w", encoding="utf-8") as file:
        for text in _made(
            make, _pieces(statement, population, wanted), processes if wanted.count > _PIECE else 0
        ):
            file.write(text)
    return wanted.count


def _made(
    make: Callable[[list[_Draft]], str], pieces: Iterator[list[_Draft]], processes: int
) -> Iterator[str]:
    if not processes:
        yield from map(make, pieces)
        return
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        yield from pool.map(make, pieces)


def _pieces(statement: Statement, population: Population, wanted: Wanted) -> Iterator[list[_Draft]]:
    drafts = _drafts(population, wanted)
    if wanted.exploration:
        others = Others(statement, wanted.ring)
        drafts = (_explored(others, wanted, draft) for draft in drafts)
    while piece := list(islice(drafts, _PIECE)):
        yield piece


def _drafts(population: Population, wanted: Wanted) -> Iterator[_Draft]:
    """By chance, as the seed has it: whom it is about, and which part of the mix it belongs to."""
    chance = random.Random(wanted.seed)  # noqa: S311  # a plan that can be repeated, no secret
    asked = {NORTH: population.asked, SOUTH: population.asking}
    ways = [_way(asked[share.face], share) for share in wanted.mix]
    weights = [share.weight for share in wanted.mix]
    for index in range(wanted.count):
        [number] = chance.choices(range(len(ways)), weights)
        resident, asking, face = chance.choice(population.residents), ways[number], wanted.mix[number].face
        record = resident.records[asking.information]
        items = {name: record[name] for name in asking.needed if name in record}
        subject = resident.link_code if face == NORTH else resident.local_id
        yield _Draft(index, face, resident.ref, subject, asking, items)


def _explored(others: Others, wanted: Wanted, draft: _Draft) -> _Draft:
    """In its place what exploration does, where chance has it so; all the others stay as they are without."""
    chance = _chance(wanted.seed, draft.index)
    if chance.random() >= wanted.exploration:
        return draft
    wishes = others.wishes(draft.face)
    return replace(draft, wish=chance.choice(wishes)) if wishes else draft


def _chance(seed: int, index: int) -> random.Random:
    return random.Random(f"{seed}/探索/{index}")  # noqa: S311  # a plan that can be repeated, no secret


def _way(known: Sequence[Asking], share: Share) -> Asking:
    for asking in known:
        if (asking.information, asking.use_case) == (share.information, share.use_case):
            return asking
    raise ConfigurationError(
        f"{share.information}: 住民に登録していない連携情報。プロファイルの配分を改める。"
    )


def _lines(maker: _Maker, drafts: list[_Draft]) -> str:
    """In a process of its own."""
    return "".join(line(_prepared(maker, draft)) for draft in drafts)


def _prepared(maker: _Maker, draft: _Draft) -> Prepared:
    if draft.wish:
        place = Place(draft.index, draft.person, draft.subject, draft.asking)
        others = Others(_statement(maker.statement), maker.ring)
        return others.made(draft.wish, place, _chance(maker.seed, draft.index))
    return _north(maker, draft) if draft.face == NORTH else _south(maker, draft)


def _north(maker: _Maker, draft: _Draft) -> Prepared:
    """A counterpart's 照会依頼 with the network's signature: the network hands it over, and so does the sender."""
    asking = draft.asking
    header = asking_header(asking, draft.subject, maker.expires_at)
    message = Message(header, {"key": asking.key})
    sent = delivery(_statement(maker.statement), maker.ring, message, asking.requester.code)
    expected: Expected = {"items": draft.items, "key": asking.key}
    name = f"{Kind.ENQUIRY} {asking.title}"
    return Prepared(draft.index, name, NORTH, *sent, header.correlation_id, draft.person, expected)


@cache
def _statement(text: str) -> Statement:
    """Read once a process: it costs as much as a signature."""
    return Statement.from_document(json.loads(text))


def _south(maker: _Maker, draft: _Draft) -> Prepared:
    """A 照会依頼 that a business system submits."""
    asking = draft.asking
    lives = min(int(maker.lasts_seconds), _LONGEST_LIFE)
    body = {**asking_body(asking, draft.subject), "expires_in_seconds": lives}
    staff = Staff(STAFF, asking.role)
    sent = request(_statement(maker.statement), "POST /v1/enquiries", "business", body, staff)
    expected: Expected = {"items": draft.items, "local_id": draft.subject, "from": asking.provider.code}
    return Prepared(
        draft.index, f"業務システムの照会 {asking.title}", SOUTH, *sent, "", draft.person, expected
    )
