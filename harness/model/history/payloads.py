"""What the payload of a compact JWS says, whoever signed it, and however odd the rest of it is."""

import base64
import json

from harness.contract.journal_entries import Said

_PARTS = 3


def payload_of(token: str) -> Said:
    """Its JSON object; empty where there is none."""
    parts = token.split(".")
    if len(parts) != _PARTS:
        return {}
    try:
        payload = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}
