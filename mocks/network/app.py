"""The ASGI application of the network: north face and control API."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect

from harness.contract.journal import Journal
from harness.contract.keys.ring import PUBLISHED, KeyRing
from harness.contract.refusals import RefusedError
from mocks.network.control import control_routes
from mocks.network.hearing import ONE, Hearing, Sides
from mocks.network.kept import Kept
from mocks.network.network import Network
from mocks.network.north import north_routes
from mocks.network.plain_json import on_refused
from mocks.network.records import Records
from mocks.web.http_json import on_disconnect, on_http_error


def make_network(
    journal: Journal | None = None, *, for_load: bool = False, keys: KeyRing = PUBLISHED
) -> Network:
    """A network whose exchanges go to a journal, if there is one, and what the gateway says byte by byte. `for_load`:
    answers are not opened, and bytes are not kept. `keys`: of itself and of the counterparts."""
    if journal is None:
        return Network(Records(lambda _: None), for_load=for_load, keys=keys)
    kept = Kept(journal)
    records = Records(kept.write, None if for_load else kept.hear, None if for_load else kept.note)
    return Network(records, for_load=for_load, keys=keys, end_journal=kept.end)


def application(network: Network, token: str, allowed: tuple[str, ...] = (), sides: Sides = ONE) -> Starlette:
    """The application. `token` guards the control API; `allowed` are gateway hosts beside loopback; `sides`: of two gateways, which
    one reaches it at which port."""
    handlers = {RefusedError: on_refused, HTTPException: on_http_error, ClientDisconnect: on_disconnect}
    routes = [*north_routes(network, sides), *control_routes(network, token, allowed)]
    records = network.records
    hearing = [Middleware(Hearing, records.hear, records.holds, token, sides)] if records.hear else []
    return Starlette(routes=routes, exception_handlers=handlers, middleware=hearing)
