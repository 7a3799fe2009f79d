"""The fixed-width line of a business system outside 地域情報プラットフォーム (§4-3 個別連携業務接続; layout own)."""

from dataclasses import dataclass

from harness.contract.items import INTEGERS, Information, informations

ENCODING = "cp932"  # Microsoft's mapping: 〜 of JIS is U+FF5E there
LINE_END = b"\r\n"
LOCAL_ID = "識別番号"
_LOCAL_ID_BYTES = 20
_BYTES = {"N": 2, "X": 1, "9": 1, "S9": 1}  # of one character; a Japanese character has two in CP932
_SIGN_BYTES = {"S9": 1}


@dataclass(frozen=True)
class Field:
    """One field of a line: item name, type of §3 (X text, N Japanese, 9 digits, S9 signed), width in bytes."""

    name: str
    type: str
    width: int

    @property
    def is_integer(self) -> bool:
        """Are its values integers?"""
        return self.type in INTEGERS

    @property
    def form(self) -> str | None:
        """How a number stands in its field, as a regular expression over the whole of it; None for a text."""
        digits = self.width - _SIGN_BYTES.get(self.type, 0)
        return {"9": f"^[0-9]{{{digits}}}$", "S9": f"^[+-][0-9]{{{digits}}}$"}.get(self.type)


def layout(information: str) -> tuple[Field, ...]:
    """The fields of a line, in order. Raises KeyError for an information that the contract does not have."""
    return (Field(LOCAL_ID, "X", _LOCAL_ID_BYTES), *_items(informations()[information]))


def line_of(information: str, local_id: str, items: dict[str, str | int | None]) -> bytes:
    """One line without its end: text padded with blanks on the right, numbers with zeros on the left. Raises
    ValueError (UnicodeEncodeError) for what does not fit."""
    values = {LOCAL_ID: local_id, **items}
    return b"".join(_written(field, values.get(field.name)) for field in layout(information))


def _items(information: Information) -> tuple[Field, ...]:
    return tuple(
        Field(i.name, i.type, i.length * _BYTES[i.type] + _SIGN_BYTES.get(i.type, 0))
        for i in information.items
    )


def _written(field: Field, value: str | int | None) -> bytes:
    if value is None:
        return b" " * field.width
    if isinstance(value, int):
        digits = str(abs(value)).zfill(field.width - len(_sign(field, value)))
        data = (_sign(field, value) + digits).encode()
    else:
        data = value.encode(ENCODING)
        data += b" " * (field.width - len(data))
    if len(data) != field.width:
        raise ValueError(f"{field.name} は {field.width} バイトに収まらない")
    return data


def _sign(field: Field, value: int) -> str:
    return ("-" if value < 0 else "+") if field.type == "S9" else ""
