"""Prepared messages are what the network would hand over: a gateway can verify and open each, and none is like another."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from harness.catalogue.findings import ConfigurationError
from harness.contract.json_binding import decrypt, unwrap
from harness.contract.keys import bench_keys
from harness.contract.messages import parse_timestamp
from harness.contract.organisations import network_organisation
from harness.contract.schemas import problem_with
from load.prepare.asking import asked_elsewhere, asked_of
from load.prepare.population import Population, Resident, people
from load.prepare.prepared import Prepared, read
from load.prepare.preparing import Share, Wanted, prepare
from load.prepare.records import items_for
from tests.load.statements import OWN, statement

TAX, RESIDENT = "地方税関係情報", "住民票関係情報"
MIX = (Share("north", TAX, 3), Share("north", RESIDENT, 1), Share("south", TAX, 1))
LASTS = 500.0


def population(how_many: int = 5) -> Population:
    """Residents whom nobody has registered."""
    found = islice(people(1, OWN), how_many)
    residents = tuple(
        Resident(
            p.ref, p.local_id, f"link-code-of-{p.local_id}x", {n: items_for(h, p, n) for n in (TAX, RESIDENT)}
        )
        for h, p in found
    )
    own = statement()
    asked = asked_of(own, TAX), asked_of(own, RESIDENT)
    return Population(residents, asked, (asked_elsewhere(own, TAX),))


def prepared(folder: Path, count: int = 60, seed: int = 3) -> list[Prepared]:
    """A folder of them, read again."""
    prepare(statement(), population(), Wanted(count, MIX, seed, LASTS), folder)
    return list(read(folder))


def opened(request: Prepared) -> tuple[Any, dict[str, Any]]:
    """Header and content, verified as a gateway does (guide §3, checks 2, 8 and 9)."""
    header, body = unwrap(request.body, bench_keys(network_organisation().code).signature)
    sender = bench_keys(header.sender).public()
    return header, decrypt(header, body, bench_keys(OWN).encryption, sender.signature)


def test_a_gateway_can_verify_and_open_every_message_of_the_north(tmp_path: Path) -> None:
    known = {one.ref: one for one in population().residents}
    north = [one for one in prepared(tmp_path) if one.face == "north"]
    soonest = datetime.now(UTC) + timedelta(seconds=LASTS - 60)
    for request in north:
        header, content = opened(request)
        assert header.correlation_id == header.message_id == request.correlation_id
        assert header.link_code == known[request.person].link_code
        assert header.recipient == OWN
        assert parse_timestamp(header.expires_at) > soonest
        assert content == {"key": {"相当年度": "2012"} if header.information == TAX else {}}
        record = known[request.person].records[header.information]
        assert request.expected["items"].items() <= record.items()
        assert len(request.expected["items"]) < len(record)
    assert len({one.correlation_id for one in north}) == len(north)


def test_a_request_of_the_south_meets_the_contract(tmp_path: Path) -> None:
    south = [one for one in prepared(tmp_path) if one.face == "south"]
    assert south
    for request in south:
        assert problem_with("enquiry", json.loads(request.body)) is None
        assert request.headers["Authorization"] == "Bearer business-token"
        assert json.loads(request.body)["local_id"] == request.expected["local_id"]


def test_an_enquiry_of_a_long_run_lives_no_longer_than_the_contract_lets_it(tmp_path: Path) -> None:
    wanted = Wanted(30, MIX, 1, 1e6)
    prepare(statement(), population(), wanted, tmp_path)
    south = [one for one in read(tmp_path) if one.face == "south"]
    assert south
    assert [problem_with("enquiry", json.loads(one.body)) for one in south] == [None] * len(south)


def test_the_seed_decides_whom_and_what_but_never_the_ids(tmp_path: Path) -> None:
    one, same, other = (prepared(tmp_path / str(n), seed=seed) for n, seed in enumerate((3, 3, 4)))
    plan = [[(r.index, r.name, r.person) for r in requests] for requests in (one, same, other)]
    assert plan[0] == plan[1] != plan[2]
    ids = {r.correlation_id for requests in (one, same, other) for r in requests if r.face == "north"}
    assert len(ids) == sum(r.face == "north" for requests in (one, same, other) for r in requests)


def test_the_mix_is_kept_and_the_indexes_have_no_gap(tmp_path: Path) -> None:
    requests = prepared(tmp_path, 600)  # more than one piece: several processes
    assert [one.index for one in requests] == list(range(600))
    names = Counter(one.name for one in requests)
    assert 300 < names[f"照会依頼 {TAX}"] < 420
    assert 80 < names[f"照会依頼 {RESIDENT}"] < 160
    assert 80 < names[f"業務システムの照会 {TAX}"] < 160


def test_a_mix_of_what_nobody_has_is_refused(tmp_path: Path) -> None:
    mix = (Share("north", "健診関係情報", 1),)
    with pytest.raises(ConfigurationError, match="健診関係情報"):
        prepare(statement(), population(), Wanted(10, mix, 1, LASTS), tmp_path)
