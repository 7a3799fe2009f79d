"""The residents of the municipality, as its business systems register them."""

from harness.contract.messages import timestamp
from mocks.gateway.functions import Functions
from mocks.gateway.south.call import Answer, Call
from mocks.web.http_json import must_meet


async def put_subject(call: Call) -> Answer:
    """PUT /v1/subjects/{local_id}. Raises RefusedError INVALID_REQUEST or LINK_CODE_UNAVAILABLE."""
    functions, local_id = call.functions, call.path["local_id"]
    registered = {"local_id": local_id}
    must_meet("registered", registered)
    token = call.body["enrolment_token"]
    link_code = functions.ids.link_code_redeemed_with(local_id, token) or await _redeem(functions, token)
    with functions.storage.transaction():
        is_new = functions.ids.register(local_id, call.body, link_code)
    return (201 if is_new else 200), registered


async def _redeem(functions: Functions, enrolment_token: str) -> str:
    wish = {
        "organisation": functions.linkage.organisation,
        "enrolment_token": enrolment_token,
        "issued_at": timestamp(),
    }
    return await functions.network.redeem(functions.crypto.sign_link_code_request(wish))
