"""Writes the derived files of the contract: `python -m harness.contract.publish`; `--examples` makes the worked
examples anew (keys and signatures differ each time, so tests verify them instead of comparing)."""

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from harness.contract.items import Information, informations
from harness.contract.law import Row, bases, table, versions
from harness.contract.law.competence import Competence, competences
from harness.contract.law.regimes import regime
from harness.contract.legacy_layout import Field, layout
from harness.contract.organisations import attributes_since, organisations
from harness.contract.processing_status import status_tables
from harness.contract.published.making.second import second
from harness.contract.published.making.worked import examples
from harness.contract.refusals import Refusal, refusals
from harness.contract.roles import roles
from harness.contract.schemas import document as schema_document
from harness.contract.schemas import with_names
from harness.contract.use_cases import use_cases
from harness.contract.versions import FIRST

CONTRACT: Final = Path(__file__).parent / "published"
_ITEM_FIELDS: Final = (
    "name", "group", "note", "type", "length", "codes", "code_names", "used_by", "source", "at_least", "at_most",
)  # fmt: skip


def derived() -> dict[str, Mapping[str, object]]:
    """The derived documents by file name."""
    return {
        "legal_basis.json": {name: [_row(row) for row in table(name)] for name in bases()},
        "regimes.json": {name: asdict(regime(name)) for name in versions()},
        "roles.json": {r.code: {"name": r.name, "affairs": sorted(r.affairs)} for r in roles().values()},
        "items.json": {i.name: _information(i) for i in informations().values()},
        "refusals.json": {
            r.code: {"phase": r.phase, "status": r.status, "ja": r.ja, "en": r.en, **_since(r)}
            for r in refusals().values()
        },
        "legacy_layouts.json": {name: [_field(field) for field in layout(name)] for name in informations()},
        "use_cases.json": {u.name: {"title": u.title, "affairs": u.affairs} for u in use_cases().values()},
        "schemas/statement.schema.json": with_names(schema_document("statement")),
        **{f"schemas-2/{name}.schema.json": schema for name, schema in second().items()},
        "processing_status.json": {
            thing: {
                "begins": table.begins,
                "transitions": {
                    event: {"from": list(t.sources), "to": t.to} for event, t in table.transitions.items()
                },
            }
            for thing, table in status_tables().items()
        },
        "organisations.json": {
            o.code: {"name": o.name, "kind": o.kind, "attributes": dict(attributes_since()[o.code])}
            for o in organisations().values()
        },
        "competence.json": {
            "parties": [_competence(one) for one in competences() if not one.matters],
            "delegations": [_competence(one) for one in competences() if one.matters],
        },
    }


def rendered(document: Mapping[str, object]) -> str:
    """The text of a published file."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Overwrites the derived files, and with --examples the worked examples."""
    parser = argparse.ArgumentParser(prog="python -m harness.contract.publish", description=__doc__)
    parser.add_argument("--examples", action="store_true", help="make the worked examples anew")
    made = derived()
    if parser.parse_args().examples:
        worked = examples()
        made |= {f"examples/{name}": document for name, document in worked.items()}
        made["north.openapi.json"] = _with_tokens(worked)
    for name, document in made.items():
        (CONTRACT / name).write_text(rendered(document), encoding="utf-8")


def _row(row: Row) -> dict[str, object]:
    return {
        "item": row.item,
        "requester_kinds": sorted(row.requester_kinds),
        "affair": row.affair,
        "provider_kinds": sorted(row.provider_kinds),
        "information": list(row.information),
        "requesters": sorted(row.requesters),
        "providers": {name: sorted(row.providers[name]) for name in row.information},
    }


def _competence(one: Competence) -> dict[str, object]:
    told = {"matters": list(one.matters), "since": one.since, "until": one.until, "own": one.own}
    stated = {name: value for name, value in told.items() if value}
    return {"party": one.party, "holders": sorted(one.holders), "article": one.article, **stated}


def _since(refusal: Refusal) -> dict[str, object]:
    return {} if refusal.contract == FIRST else {"contract": refusal.contract}


def _field(field: Field) -> dict[str, object]:
    form = {} if field.form is None else {"form": field.form}
    return {"name": field.name, "type": field.type, "bytes": field.width, **form}


def _information(information: Information) -> dict[str, object]:
    head = {"business": information.business, "owners": information.owners, "key": information.key}
    groups = [asdict(group) for group in information.groups]
    items, further = (
        [{field: getattr(item, field) for field in _ITEM_FIELDS} for item in items]
        for items in (information.items, information.further_items)
    )
    later = {"further_items": further} if further else {}
    return {**head, **({"groups": groups} if groups else {}), "items": items, **later}


def _with_tokens(worked: Mapping[str, Mapping[str, object]]) -> Mapping[str, object]:
    """The OpenAPI of the north face with the tokens of the examples."""
    document: dict[str, Any] = json.loads((CONTRACT / "north.openapi.json").read_text(encoding="utf-8"))
    for path, name in (("/v1/inbox", "02-enquiry-received"), ("/v1/link-codes", "01-link-code-request")):
        media = document["paths"][path]["post"]["requestBody"]["content"]["application/jose"]
        media["examples"] = {"例": {"value": worked[f"{name}.json"]["token"]}}
    return document


if __name__ == "__main__":
    main()
