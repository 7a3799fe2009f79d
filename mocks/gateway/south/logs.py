"""The three logs, for the auditor."""

from mocks.gateway.south.call import Answer, Call


async def get_access_log(call: Call) -> Answer:
    """GET /v1/logs/access."""
    return 200, {"entries": call.functions.access_log.access_entries(call.query)}


async def get_audit_log(call: Call) -> Answer:
    """GET /v1/logs/audit."""
    return 200, {"entries": call.functions.access_log.audit_entries(call.query)}


async def get_business_log(call: Call) -> Answer:
    """GET /v1/logs/business."""
    return 200, {"entries": call.functions.business_log.entries(call.query)}
