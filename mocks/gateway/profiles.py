"""What the reference gateway declares: everything, or one side only, to show how what is not declared is refused."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from harness.contract.law import bases
from harness.contract.law.regimes import newest
from harness.contract.statement import Declares
from harness.contract.use_cases import use_cases

FULL: Final = "full"
_EVERYTHING = Declares(
    bindings=("json",),
    roles=("照会側", "応答側", "連絡"),
    use_cases=tuple(use_cases()),
    modes=("オンライン", "バッチ"),
    handling=("自動", "手動"),
    tables=bases(),
    legacy_files=("CP932固定長",),
)


def _only(role: str) -> Declares:
    return Declares(
        bindings=_EVERYTHING.bindings,
        roles=(role,),
        use_cases=_EVERYTHING.use_cases,
        modes=("オンライン",),
        handling=("自動",),
        tables=_EVERYTHING.tables,
    )


PROFILES: Final[Mapping[str, Declares]] = MappingProxyType(
    {
        FULL: _EVERYTHING,
        "requester-only": _only("照会側"),
        "provider-only": _only("応答側"),
        "table-only": replace(_EVERYTHING, tables=(newest(bases()),)),
    }
)
