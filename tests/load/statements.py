"""A statement of a gateway that declares everything."""

from harness.contract.keys import bench_keys
from harness.contract.law import bases
from harness.contract.statement import Declares, Statement, Tokens

OWN = "221007"


def statement() -> Statement:
    """静岡市, with the keys of the bench."""
    roles = ("照会側", "応答側", "連絡")
    return Statement(
        organisation=OWN,
        south_url="http://127.0.0.1:1/south",
        north_url="http://127.0.0.1:1/north",
        network_listen=None,
        tokens=Tokens("business-token", "staff-token", "audit-token"),
        keys=bench_keys(OWN).public(),
        declares=Declares(("json",), roles, ("児童扶養手当",), ("オンライン",), ("自動",), bases()),
    )
