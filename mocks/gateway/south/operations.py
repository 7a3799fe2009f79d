"""Every request of the south face (guide §2), who may send it, and what must be declared for it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from mocks.gateway.authorisation import Caller
from mocks.gateway.offers import Need
from mocks.gateway.south import (
    batches,
    enquiries,
    handling,
    health,
    imports,
    logs,
    notices,
    pending,
    portal,
    records,
    subjects,
)
from mocks.gateway.south.call import Answer, Call


@dataclass(frozen=True)
class Operation:
    """One row of guide §2. caller: whose token, None for none; acts: whether a person must be named;
    schema: of the body, None where there is none; needs: what the statement must declare."""

    method: str
    path: str
    answer: Callable[[Call], Awaitable[Answer]]
    caller: Caller | None = None
    acts: bool = False
    schema: str | None = None
    needs: tuple[Need, ...] = ()


_MANUAL: Need = ("handling", "手動")
_ASKING: Need = ("roles", "照会側")
_BATCH: Need = ("modes", "バッチ")
_NOTICES: Need = ("roles", "連絡")
_FILES: Need = ("legacy_files", "CP932固定長")
_PORTAL: Need = ("use_cases", "税務に関する情報提供")
OPERATIONS = (
    Operation("GET", "/v1/health", health.get_health),
    Operation("PUT", "/v1/subjects/{local_id}", subjects.put_subject, "business", schema="subject"),
    Operation("PUT", "/v1/records", records.put_record, "business", schema="record"),
    Operation("POST", "/v1/records/bulk", records.post_records, "business", schema="records"),
    Operation("POST", "/v1/records/deletion", records.post_deletion, "business", schema="record-key"),
    Operation("POST", "/v1/imports", imports.post_import, "business", schema="import", needs=(_FILES,)),
    Operation(
        "PUT", "/v1/handling", handling.put_handling, "staff", acts=True, schema="handling", needs=(_MANUAL,)
    ),
    Operation(
        "POST",
        "/v1/enquiries",
        enquiries.post_enquiry,
        "business",
        acts=True,
        schema="enquiry",
        needs=(_ASKING,),
    ),
    Operation("GET", "/v1/enquiries/{enquiry_id}", enquiries.get_enquiry, "business"),
    Operation("GET", "/v1/enquiries/{enquiry_id}/result", enquiries.get_result, "business"),
    Operation(
        "POST",
        "/v1/batches",
        batches.post_batch,
        "business",
        acts=True,
        schema="batch",
        needs=(_ASKING, _BATCH),
    ),
    Operation("GET", "/v1/batches/{batch_id}", batches.get_batch, "business"),
    Operation(
        "POST",
        "/v1/batches/{batch_id}/resend",
        batches.post_resend,
        "business",
        acts=True,
        schema="empty",
        needs=(_ASKING, _BATCH),
    ),
    Operation(
        "POST", "/v1/notices", notices.post_notice, "business", acts=True, schema="notice", needs=(_NOTICES,)
    ),
    Operation("GET", "/v1/notices", notices.get_notices, "business"),
    Operation("GET", "/v1/notices/{notice_id}", notices.get_notice, "business"),
    Operation("GET", "/v1/pending", pending.get_pending, "staff", acts=True, needs=(_MANUAL,)),
    Operation(
        "POST",
        "/v1/pending/{correlation_id}/approval",
        pending.post_approval,
        "staff",
        acts=True,
        schema="empty",
        needs=(_MANUAL,),
    ),
    Operation(
        "POST",
        "/v1/pending/{correlation_id}/refusal",
        pending.post_refusal,
        "staff",
        acts=True,
        schema="refusal-by-staff",
        needs=(_MANUAL,),
    ),
    Operation(
        "POST",
        "/v1/portal-sessions",
        portal.post_portal_session,
        "business",
        schema="portal-login",
        needs=(_PORTAL,),
    ),
    Operation(
        "POST",
        "/v1/own-information",
        portal.post_own_information,
        "business",
        schema="record-key",
        needs=(_PORTAL,),
    ),
    Operation("GET", "/v1/logs/access", logs.get_access_log, "audit"),
    Operation("GET", "/v1/logs/audit", logs.get_audit_log, "audit"),
    Operation("GET", "/v1/logs/business", logs.get_business_log, "audit"),
)
