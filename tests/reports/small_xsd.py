"""As much of XML Schema as junit.xsd uses: content models, mixed text, attributes and their types."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from xml.etree import ElementTree as ET

_XS = "{http://www.w3.org/2001/XMLSchema}"


def problems(schema: Path, document: ET.Element) -> Iterator[str]:
    """What in a document does not meet the schema, one sentence each."""
    elements = {element.attrib["name"]: element for element in ET.parse(schema).getroot()}  # noqa: S314  # our own file
    for element in document.iter():
        declared = elements.get(element.tag)
        if declared is None:
            yield f"{element.tag}: not declared"
        else:
            yield from _content(element, declared)
            yield from _attributes(element, declared)


def _content(element: ET.Element, declared: ET.Element) -> Iterator[str]:
    kind = declared[0]
    model = next((_model(p) for p in kind if p.tag in (f"{_XS}sequence", f"{_XS}choice")), "")
    children = "".join(f"{child.tag};" for child in element)
    if not re.fullmatch(model, children):
        yield f"{element.tag}: children {children!r}, wanted {model!r}"
    texts = [element.text, *(child.tail for child in element)]
    if kind.get("mixed") != "true" and any(t and t.strip() for t in texts):
        yield f"{element.tag}: holds text"


def _attributes(element: ET.Element, declared: ET.Element) -> Iterator[str]:
    allowed = {a.attrib["name"]: a for a in declared[0] if a.tag == f"{_XS}attribute"}
    for name, attribute in allowed.items():
        if attribute.get("use") == "required" and name not in element.attrib:
            yield f"{element.tag}: no {name}"
    for name, value in element.attrib.items():
        if name not in allowed or not _typed(value, allowed[name].attrib["type"]):
            yield f"{element.tag}: {name}={value!r}"


def _model(particle: ET.Element) -> str:
    """The particle as a regular expression over `tag;tag;…`."""
    if particle.tag == f"{_XS}element":
        inner = f"{particle.attrib['ref']};"
    else:
        inner = ("" if particle.tag == f"{_XS}sequence" else "|").join(_model(p) for p in particle)
    least, most = particle.get("minOccurs", "1"), particle.get("maxOccurs", "1")
    return f"(?:{inner}){{{least},{'' if most == 'unbounded' else most}}}"


def _typed(value: str, type_: str) -> bool:
    match type_:
        case "xs:string":
            return True
        case "xs:nonNegativeInteger":
            return value.isascii() and value.isdigit()
        case "xs:dateTime":
            return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", value) is not None
        case "xs:decimal":
            try:
                return Decimal(value).is_finite() and "e" not in value.lower()
            except InvalidOperation:
                return False
    raise ValueError(f"{type_}: not among the types of junit.xsd")
