"""What identifies a resident: numbers, names and addresses, which may not stand where nobody may know them."""

from harness.residents.people import Person

BLANK = "\u3000"


def identifying(person: Person) -> dict[str, str]:
    """What it is called → the text itself. Names come with the blank between their parts and without."""
    addresses = {"住所": person.address.text}
    if person.previous_address:
        addresses["前住所"] = person.previous_address.text
    names = {"氏名": person.name, "氏名カナ": person.kana}
    joined = {f"{kind}（空白なし）": name.replace(BLANK, "") for kind, name in names.items()}
    return {"個人番号": person.my_number, "識別番号": person.local_id} | names | joined | addresses
