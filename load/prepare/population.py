"""The residents of a load run, registered over the south face as a business system does (guide §2)."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count, islice
from typing import TypeVar

from harness.bench.registration import subject
from harness.catalogue.findings import ConfigurationError, NonconformityError
from harness.contract.organisations import Organisation, by_name
from harness.residents.build import household
from harness.residents.data_items import DataItems
from harness.residents.household import Household
from harness.residents.people import Person
from harness.residents.wishes import Wishes
from load import AT_ONCE
from load.prepare.asking import Asking
from load.prepare.records import has_records, items_for
from load.send.environment import Environment

RECORDS_AT_ONCE = 500  # of one bulk request: it must be answered within 5 s
One = TypeVar("One")


@dataclass(frozen=True)
class Resident:
    """Somebody who is registered. `link_code`: the gateway's own; `records`: information → all items."""

    ref: str
    local_id: str
    link_code: str
    records: dict[str, DataItems]


@dataclass(frozen=True)
class Population:
    """Everybody, in the order of their drawing. `asked`: what counterparts ask about them; `asking`: what the gateway asks
    elsewhere."""

    residents: tuple[Resident, ...]
    asked: tuple[Asking, ...] = ()
    asking: tuple[Asking, ...] = ()


def register(
    environment: Environment, how_many: int, seed: int, asked: Sequence[Asking], asking: Sequence[Asking] = ()
) -> Population:
    """Registers residents with a record of every information that is asked of the gateway, and gives counterparts those
    that the gateway asks for. Raises ConfigurationError for nobody, NonconformityError when the gateway refuses."""
    if how_many < 1:
        raise ConfigurationError(f"住民 {how_many} 人: 1人以上を登録する。")
    place = residence(environment.own)
    # Two use cases may ask the same counterpart for the same record.
    elsewhere = {(way.provider.code, way.information): way for way in asking}.values()
    informations = {way.information for way in (*asked, *asking)}

    def settle(found: tuple[Household, Person]) -> Resident:
        home, person = found
        records = {name: items_for(home, person, name) for name in sorted(informations)}
        resident = Resident(person.ref, person.local_id, _registered(environment, person), records)
        for way in elsewhere:
            where = way.provider.code, person.ref, way.information
            environment.control.put_record(*where, way.key, records[way.information])
        return resident

    with ThreadPoolExecutor(AT_ONCE) as pool:
        residents = tuple(pool.map(settle, islice(people(seed, place), how_many)))
    _put_records(environment, residents, asked)
    return Population(residents, tuple(asked), tuple(asking))


def residence(own: Organisation) -> str:
    """Where those live whom an organisation deals with."""
    return own.code if own.kind == "市町村" else by_name("静岡市").code


def people(seed: int, municipality: str) -> Iterator[tuple[Household, Person]]:
    """Residents with income, family after family: who lives together has one name and one address, so that mixing them
    up is easy."""
    for index in count():
        home = household(seed, index, Wishes(municipality=municipality))
        for person in home.people():
            if has_records(home, person):
                yield home, person


def _registered(environment: Environment, person: Person) -> str:
    """The gateway's link code for somebody who is now registered."""
    own = environment.own.code
    known = environment.control.add_person(person.ref)
    reply = environment.south.register(person.local_id, subject(person, known["enrolment_tokens"][own]))
    reply.must_answer()
    if reply.status not in {200, 201}:
        raise NonconformityError("UNEXPECTED_STATUS", reply.observed(), "対象者の登録に 201 又は 200")
    link_code: str = known["link_codes"][own]
    return link_code


def _put_records(environment: Environment, residents: Sequence[Resident], asked: Sequence[Asking]) -> None:
    places = {way.information: way.key for way in asked}
    records: list[dict[str, object]] = [
        {"local_id": resident.local_id, "information": name, "key": key, "items": resident.records[name]}
        for resident in residents
        for name, key in places.items()
    ]
    for some in _in_pieces(records, RECORDS_AT_ONCE):
        result = environment.south.put_records(some).expect(200, "bulk-result")
        if result["accepted"] != len(some):
            observed = f"{len(some)} 件のうち {result['accepted']} 件: {result['errors'][:3]}"
            raise NonconformityError("UNEXPECTED_STATUS", observed, "正しい件の一括登録はすべて受け付ける")


def _in_pieces(values: list[One], size: int) -> Iterator[list[One]]:
    return (values[start : start + size] for start in range(0, len(values), size))
