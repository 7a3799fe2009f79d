"""A gateway cannot know the test: signs by which it once could be known are gone, and nothing follows from one run for another."""

import json
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from harness.bench.faces import Faces
from harness.bench.tokens import PROBES
from harness.catalogue.features import scenario_names
from harness.contract.journal import FILE_NAME, Entry
from harness.contract.organisations import by_name
from harness.contract.statement import Statement
from harness.gateways.exchange import Limits, Reply
from harness.gateways.manners import Manners
from harness.gateways.south import Request, SouthFace
from harness.gateways.transport import Call
from harness.residents.draw import SLOTS, local_id
from harness.steps.verbs.scene import Scene
from mocks.miniatures.knowing import SIGNS, Seen
from tests.bench.bench_run import renkei
from tests.bench.bench_statements import document

WRONG_TOKEN = "00_機能/08_認証・認可_照会側.feature:17"
OTHER_ORDER = 1  # a seed by which not the former order of requests comes first, as by one in three it does
ASKED = {"business": ("enquiries", "notices", "batches"), "staff": ("pending",), "audit": ("logs",)}
STEP = 6_180_339_887  # of 識別番号 (harness/residents/draw.py), which anybody may read


@pytest.mark.parametrize("sign", SIGNS)
def test_who_behaves_only_before_the_suite_is_convicted(sign: str, tmp_path: Path) -> None:
    ids = tmp_path / "ids"
    ids.write_text(WRONG_TOKEN, encoding="utf-8")
    run = ("--gateway", f"reference:{sign}", "--scenarios", str(ids), "--seed", str(OTHER_ORDER), "--brief")
    ended = renkei(tmp_path, *run)
    assert ended.code == 1, ended.err
    assert ended.verdicts()["AUTH-09"] == "不合格"
    entries = map(json.loads, (ended.folder / FILE_NAME).read_bytes().splitlines())
    first = [entry["path"].split("/")[2] for entry in entries if entry["type"] == Entry.PREFLIGHT]
    kinds = [kind for kind, _ in Manners(OTHER_ORDER).ordered(tuple(PROBES.items()), "tokens")]
    assert [
        next(kind for kind, abouts in ASKED.items() if about.partition("?")[0] in abouts)
        for about in first[:3]
    ] == kinds


def test_a_sign_that_is_there_is_seen() -> None:
    probed = ["health", "enquiries", "pending", "logs"]
    suite = Seen(["TEST-ONLY-000001-sig-1"], ["python-httpx/0.28.1"], ["auditor-1"], probed)
    assert all(knows(suite) for knows in SIGNS.values())
    assert not any(knows(Seen()) for knows in SIGNS.values())


def indexes(seed: int) -> dict[str, int]:
    """Of the household of each scenario."""
    return {id_: scene(seed, id_).index("household") for id_ in sorted(scenario_names())}


def recognised(known: dict[str, int], seed: int, now: dict[str, int]) -> Iterator[str]:
    """Scenarios that an attacker names who knows the indexes of a former run: between two residents, only the distance of their
    numbers is left of the seed."""
    inverse = pow(STEP, -1, 10**10)
    distances = {(known[b] - known[a]) * SLOTS % 10**10: (a, b) for a, b in combinations(known, 2)}
    for a, b in combinations(now, 2):
        numbers = [int(local_id(seed, now[id_], 0)) for id_ in (a, b)]
        if (numbers[1] - numbers[0]) * inverse % 10**10 in distances:
            yield from (a, b)


def test_numbers_of_residents_do_not_tell_which_scenario_runs() -> None:
    known = dict(list(indexes(1).items())[:60])
    now = {id_: indexes(2)[id_] for id_ in known}
    assert set(recognised(known, 1, known)) == set(known)  # the attack is a good one
    assert len(set(recognised(known, 2, now))) <= 2


def test_a_run_that_is_gone_through_again_has_the_same_people() -> None:
    assert indexes(1) == indexes(1)
    assert indexes(1) != indexes(2)


def test_two_names_of_a_scenario_stay_two_municipalities_elsewhere() -> None:
    names = ("福岡市", "千代田区", "札幌市")
    drawn = {tuple(scene(seed, "s").organisation(n).name for n in names) for seed in range(40)}
    assert {frozenset(found) for found in drawn} == {frozenset(names)}
    assert len(drawn) == 6
    assert scene(1, "s").organisation("静岡市") != by_name("静岡市")  # its own
    assert scene(1, "s").organisation("福岡県") == by_name("福岡県")


def test_programs_staff_and_the_order_of_headers_are_drawn() -> None:
    calls = [sent(seed) for seed in range(30)]
    assert len({call.header("User-Agent") for call in calls}) > 5
    assert len({tuple(name.lower() for name in call.headers) for call in calls}) > 5
    assert {"user-agent", "User-Agent", "USER-AGENT"} <= {name for call in calls for name in call.headers}
    assert len({Manners(seed).staff_id("x") for seed in range(30)}) == 30
    assert all("httpx" not in call.header("User-Agent") for call in calls)
    assert sent(1).headers == sent(1).headers


def test_which_token_is_tried_first_is_drawn() -> None:
    orders = [Manners(seed).ordered(tuple(PROBES), "tokens") for seed in range(60)]
    assert len(set(orders)) == 6
    assert Manners(OTHER_ORDER).ordered(tuple(PROBES), "tokens")[0] != "business"


@pytest.mark.parametrize("seed", range(8))
def test_a_staff_id_is_one_of_the_contract_and_no_number(seed: int) -> None:
    id_ = Manners(seed).staff_id("x")
    assert id_.isascii()
    assert id_.isprintable()
    assert not id_.isdigit()
    assert len(id_) <= 60


class Answering:
    """Keeps what was sent."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    def send(self, base: str, call: Call) -> Reply:
        self.calls.append(call)
        return Reply(call.name, 200, {}, "{}", 0.0)


def south(transport: Answering, seed: int) -> SouthFace:
    statement = Statement.from_document(document())
    return SouthFace(transport, statement, Limits(), lambda _: None, manners=Manners(seed))


def sent(seed: int) -> Call:
    transport = Answering()
    south(transport, seed).ask(Request("GET", "/v1/pending", "staff"))
    return transport.calls[0]


def scene(seed: int, id_: str) -> Scene:
    class Control:
        def recording(self, _: object) -> None:
            """Nobody asks."""

    faces = Faces(south(Answering(), seed), Control(), None)  # type: ignore[arg-type]  # neither is asked
    return Scene(faces, seed, lambda entry, **fields: None, id_)
