"""Enquiries of our own: submitted, followed, their results fetched."""

from harness.contract.messages import Mode
from mocks.gateway.requesting import status_of, submit
from mocks.gateway.south.call import Answer, Call
from mocks.gateway.wishes import EnquiryWish


async def post_enquiry(call: Call) -> Answer:
    """POST /v1/enquiries. Raises RefusedError."""
    wish = EnquiryWish.from_wire(call.body)
    if wish.mode == Mode.BATCH:
        call.functions.offers.must_offer((("modes", "バッチ"),))
    return 202, status_of(await submit(call.functions, wish, call.staff))


async def get_enquiry(call: Call) -> Answer:
    """GET /v1/enquiries/{enquiry_id}. Raises RefusedError NOT_FOUND."""
    return 200, status_of(call.functions.linkage.enquiry(call.path["enquiry_id"]))


async def get_result(call: Call) -> Answer:
    """GET /v1/enquiries/{enquiry_id}/result. Raises RefusedError NOT_FOUND or NOT_READY."""
    enquiry = call.functions.linkage.result(call.path["enquiry_id"])
    return 200, {
        "enquiry_id": enquiry.enquiry_id,
        "local_id": enquiry.local_id,
        "from": enquiry.header.recipient,
        "information": enquiry.header.information,
        "items": enquiry.items,
        **({"reasons": enquiry.reasons} if enquiry.reasons else {}),
    }
