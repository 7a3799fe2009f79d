"""A resident as the business system registers them at the south face."""

from harness.residents.data_items import sex_code
from harness.residents.people import Person


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
