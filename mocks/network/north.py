"""The north face of the network: inbox, link codes, directory (guide §3–§5)."""

import asyncio
import time
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from harness.contract.json_binding import CONTENT_TYPE, LONGEST_MESSAGE
from harness.contract.refusals import RefusedError
from mocks.network.hearing import ONE, Sides, side_of
from mocks.network.in_turn import InTurn
from mocks.network.network import Network
from mocks.network.odd_answers import OddAnswer
from mocks.network.records import Asked, Exchange
from mocks.web.http_json import read_body

_FAILED = 500  # for a refusal that has no status of its own


def north_routes(network: Network, sides: Sides = ONE) -> list[Route]:
    """The routes that a gateway calls. `sides`: of two gateways, which one reaches the network at which port."""
    taken, codes, directories = (InTurn(network.for_load) for _ in range(3))

    async def inbox(request: Request) -> Response:
        side = side_of(request.scope, sides)
        try:
            token = await _token(request)
        except RefusedError as refused:
            size = int(request.headers.get("content-length", LONGEST_MESSAGE))
            network.keep_refused(Exchange("from_gateway", "", size, side=side), refused, refused.reason)
            raise
        received = network.receive(token, strange=_strange(request), side=side)
        if received.odd:
            return await _odd(received.odd)
        await asyncio.sleep(network.disturbances.lateness(received.message_id))
        return taken.said({"message_id": received.message_id}, 202)

    async def link_codes(request: Request) -> Response:
        return await _link_code(network, request, codes, side_of(request.scope, sides))

    async def directory(request: Request) -> Response:
        began, side = time.perf_counter(), side_of(request.scope, sides)
        if odd := network.telling.odd():
            network.records.asked(Asked("directory", began, "", odd.status, {"odd": odd.body.decode()}, side))
            return await _odd(odd)
        said = network.directory()
        network.records.asked(Asked("directory", began, "", 200, said, side))
        return directories.said(said)

    return [
        Route("/v1/inbox", inbox, methods=["POST"]),
        Route("/v1/link-codes", link_codes, methods=["POST"]),
        Route("/v1/directory", directory, methods=["GET"]),
    ]


async def _link_code(network: Network, request: Request, codes: InTurn, side: str) -> Response:
    began = time.perf_counter()
    token = await _token(request)
    said: Mapping[str, object]
    try:
        if strange := _strange(request):
            raise RefusedError("MALFORMED", strange)
        given = network.redeem(token)
        if isinstance(given, OddAnswer):
            said, heard = {"odd": given.body.decode()}, given.status if given.is_heard else None
            network.records.asked(Asked("link-codes", began, token, heard, said, side))
            return await _odd(given)
        said, code = {"link_code": given}, 200
    except RefusedError as refused:
        said, code = refused.content(), refused.refusal.status or _FAILED
    network.records.asked(Asked("link-codes", began, token, code, said, side))
    return codes.said(said, code)


async def _odd(odd: OddAnswer) -> Response:
    await asyncio.sleep(odd.seconds)
    return odd.response()


def _strange(request: Request) -> str:
    """What of a request is not as the contract has it: guide §3 and §5 name path and media type, and nothing else."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != CONTENT_TYPE:
        return f"Content-Type が {CONTENT_TYPE} ではない"
    return "URL に問合せの部分がある" if request.url.query else ""


async def _token(request: Request) -> str:
    """The body as text. Raises RefusedError MALFORMED where it is too long; other than ASCII is no JWS anyway."""
    body = await read_body(request, LONGEST_MESSAGE)
    if body is None:
        raise RefusedError("MALFORMED", f"{LONGEST_MESSAGE:,} バイトを超える")
    return body.decode("ascii", errors="replace")
