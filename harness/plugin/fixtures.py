"""Fixtures of a run: the faces of a worker, and one scene a scenario."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from harness.bench.bench import Reach
from harness.bench.faces import Across, Faces, together
from harness.bench.network import NetworkControl
from harness.bench.partner import partner_folder
from harness.bench.patience import RealPatience
from harness.bench.presence import Presence
from harness.bench.recorded import People, recorded_faces
from harness.bench.run_folder import GATEWAY
from harness.bench.stillness import watching
from harness.contract.journal import Journal
from harness.contract.statement import Statement
from harness.gateways.exchange import Limits
from harness.gateways.manners import Manners
from harness.gateways.south import SouthFace
from harness.gateways.transport import over_http
from harness.plugin.selection import identity
from harness.record.scripts import RecordedRun
from harness.residents.people import Person
from harness.steps.verbs.scene import Scene

ACCESS = "renkei-access"
FacesOf = Callable[[str, People], Faces]  # of a scenario, by its id and those who are in it
Opening = Callable[[], AbstractContextManager[FacesOf]]


@dataclass(frozen=True)
class Access:
    """Registered with pytest so that fixtures find what this process has to do with."""

    seed: int
    journal: Journal
    open: Opening


@contextmanager
def live(bench: Reach, folder: Path, seed: int) -> Iterator[FacesOf]:
    """The gateway and the network: one client of each for all scenarios of a worker."""
    with over_http(Limits()) as http, watching() as stillness:
        manners = Manners(seed)
        south = SouthFace(http, bench.statement, http.limits, lambda _: None, manners=manners)
        gone = Presence.of(bench.statement, folder).gone
        across = None
        if bench.partner is not None:
            its = SouthFace(http, bench.partner, http.limits, lambda _: None, manners=manners)
            across = Across(its, Presence.of(bench.partner, partner_folder(folder)).gone)
        control = NetworkControl.at(bench.network)
        faces = Faces(
            south,
            control,
            RealPatience(control.has_heard),
            stood_still=stillness.since,
            gone=gone,
            at_once=partial(together, lock=folder / GATEWAY),
            across=across,
        )
        yield lambda scenario, people: faces


@contextmanager
def recorded(record: RecordedRun, statement: Statement) -> Iterator[FacesOf]:
    """A record in their place."""
    yield partial(recorded_faces, record, statement)


@pytest.fixture(scope="session")
def access(pytestconfig: pytest.Config) -> Access:
    """What entry.py has registered."""
    found = pytestconfig.pluginmanager.get_plugin(ACCESS)
    assert isinstance(found, Access)
    return found


@pytest.fixture(scope="session")
def faces_of(access: Access) -> Iterator[FacesOf]:
    """What scenarios of this process have to do with."""
    with access.open() as faces:
        yield faces


@pytest.fixture
def scene(request: pytest.FixtureRequest, access: Access, faces_of: FacesOf) -> Iterator[Scene]:
    """The state of one scenario."""
    id_ = identity(request.node)

    def people() -> tuple[Person, ...]:
        return made.people()

    made = Scene(faces_of(id_, people), access.seed, partial(access.journal.write, scenario=id_), id_)
    yield made
    made.end()
