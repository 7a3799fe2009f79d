"""`python -m mocks.defects`: the list of the defects, for those that name mocks and import none of them."""

import json

from mocks.defects.registry import defects


def main() -> None:
    """Prints a JSON array of {name, requirement, summary}, sorted by name."""
    known = defects().values()
    document = [{"name": d.name, "requirement": d.requirement, "summary": d.summary} for d in known]
    print(json.dumps(document, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
