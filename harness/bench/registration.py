"""A resident as the business system registers them at the south face."""

from harness.residents.people import Person, Sex


def subject(person: Person, enrolment_token: str) -> dict[str, str]:
    """A resident as the business system registers them (schema subject)."""
    return {
        "enrolment_token": enrolment_token,
        "my_number": person.my_number,
        "name": person.name,
        "kana": person.kana,
        "birth_date": person.birth_date.isoformat(),
        "sex": sex_code(person),
        "address": person.address.text,
    }


def sex_code(person: Person) -> str:
    """性別 as the data items write it: 1 男, 2 女."""
    return "1" if person.sex is Sex.MALE else "2"
