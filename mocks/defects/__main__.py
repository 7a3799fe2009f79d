"""`python -m mocks.defects`: the defects as JSON, for whoever may not import them. `methods`: what each of them does
otherwise, as function.method (mocks/gateway/calls.py); `profile`: in which gateway it shows, empty for any;
`contract`: the version that first forbids it."""

import json
import sys
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

from harness.contract.keys import bench_keys
from harness.contract.statement import Tokens
from mocks.defects.defect import Defect
from mocks.defects.registry import defects
from mocks.gateway.calls import methods_of
from mocks.gateway.functions import TABLES, Functions, assemble
from mocks.gateway.settings import DEFAULT_ORGANISATION, Settings
from mocks.gateway.storage import Storage


def main() -> int:
    """Prints the list."""
    tokens, keys = Tokens("business", "staff", "audit"), bench_keys(DEFAULT_ORGANISATION)
    settings = Settings("http://127.0.0.1:1", DEFAULT_ORGANISATION, keys, tokens)
    with TemporaryDirectory() as folder:
        functions = assemble(settings, Storage.open(Path(folder) / "gateway.sqlite", TABLES))
        json.dump(
            [_described(name, defect, functions) for name, defect in defects().items()],
            sys.stdout,
            ensure_ascii=False,
        )
        functions.storage.close()
    return 0


def _described(name: str, defect: Defect, functions: Functions) -> dict[str, object]:
    about = {"name": name, "requirement": defect.requirement, "summary": defect.summary}
    shows = {"profile": defect.profile, "contract": defect.contract}
    return {**about, **shows, "methods": sorted(_otherwise(functions, defect))}


def _otherwise(functions: Functions, defect: Defect) -> set[str]:
    broken = defect.break_it(functions)
    changed: set[str] = set()
    for name in (f.name for f in fields(functions)):
        before, after = (methods_of(type(getattr(f, name))) for f in (functions, broken))
        changed |= {f"{name}.{method}" for method, call in after.items() if before.get(method) is not call}
    return changed


if __name__ == "__main__":
    sys.exit(main())
