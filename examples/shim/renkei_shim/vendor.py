"""Stands for a vendor's product: the gateway of examples/python-gateway with a south API of its own (/api/…)."""

from typing import Any

import contract
import gateway as core
from messages import RefusedError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

KEY = "key-of-the-shim"


async def status(request: Request) -> JSONResponse:
    """Who it is."""
    inner: core.Gateway = request.app.state.gateway
    kids = {"sign_kid": inner.signature.kid, "enc_kid": inner.encryption.kid}
    return JSONResponse({"office": core.OWN, "version": "vendor 3.1", "laws": [contract.TABLE], **kids})


async def residents(request: Request) -> JSONResponse:
    """Registers a resident."""
    inner: core.Gateway = request.app.state.gateway
    body: dict[str, Any] = await request.json()
    if not contract.meets("subject", body["form"]):
        return JSONResponse({"error": "E-FORM"}, 400)
    try:
        created = await inner.register(request.app.state.client, body["atena_no"], body["form"])
    except RefusedError:
        return JSONResponse({"error": "E-NETWORK"}, 503)
    return JSONResponse({"created": created})


async def certificates(request: Request) -> JSONResponse:
    """Registers a record."""
    inner: core.Gateway = request.app.state.gateway
    form = (await request.json())["form"]
    if not contract.meets("record", form):
        return JSONResponse({"error": "E-FORM"}, 400)
    try:
        inner.keep(form)
    except RefusedError as refused:
        return JSONResponse({"error": {"SUBJECT_UNKNOWN": "E-NOBODY"}.get(str(refused), "E-OLD")}, 409)
    return JSONResponse({})


def application(network: str) -> Starlette:
    """Its API, and the inbox of the contract."""
    app = core.application(network)
    own = [
        Route("/api/status", status),
        Route("/api/residents", residents, methods=["POST"]),
        Route("/api/certificates", certificates, methods=["POST"]),
    ]
    app.router.routes[:] = [*own, *(route for route in app.router.routes if "north" in route.path)]
    return app
