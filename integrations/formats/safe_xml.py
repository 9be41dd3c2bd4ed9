"""XML of others: no document type, no entities, nothing fetched, of a modest size; and XML of ours that can be read."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, iterparse
from django.utils.translation import gettext_lazy as _

from integrations.bodies import LARGEST_DOCUMENT, Unreadable, check_size

DEEPEST = 100
# What no XML 1.0 document may hold, written or escaped.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DECLARED = re.compile(rb"""^(\s*<\?xml[^>]*?\sencoding\s*=\s*["'])(gb2312|gbk|gb18030|cp936)(["'])""", re.IGNORECASE)
NOT_XML = _("This is not XML that can be read. Check that all its tags are closed and its encoding is as it says.")
DECLARES = _("The document declares a document type or entities. Send it without; nothing of it was read.")
TOO_DEEP = _("The document is nested more than 100 levels deep. Send it flatter.")


def parse(content: bytes, *, largest: int = LARGEST_DOCUMENT) -> Element:
    """The root of a document. Unreadable, TooLarge: it is none that may be read."""
    check_size(len(content), largest)
    parser = DefusedXMLParser(forbid_dtd=True)
    try:
        parser.feed(readable(content))
        root: Element = parser.close()
    except (ParseError, LookupError, ValueError) as error:
        raise Unreadable(DECLARES if isinstance(error, DefusedXmlException) else NOT_XML) from error
    check_depth(root)
    return root


def readable(content: bytes) -> bytes:
    """A document in a Chinese encoding as UTF-8: the parser knows none of several bytes a character."""
    if not DECLARED.match(content):
        return content
    return DECLARED.sub(rb"\1utf-8\3", content.decode("gb18030").encode(), count=1)


def check_depth(root: Element) -> None:
    """Whoever walks a document by calling itself must come to an end."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise Unreadable(TOO_DEEP)
        level = [child for one in level for child in one]


def elements(content: bytes, tag: str) -> Iterator[Element]:
    """Every element of this local name, one after the other, forgotten behind the reader."""
    depth = 0
    try:
        for event, one in iterparse(io.BytesIO(readable(content)), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise Unreadable(TOO_DEEP)
            if event == "end" and local(one) == tag:
                yield one
                one.clear()
    except (ParseError, LookupError, ValueError) as error:
        raise Unreadable(DECLARES if isinstance(error, DefusedXmlException) else NOT_XML) from error


def local(one: Element) -> str:
    """The name of an element without its namespace."""
    return str(one.tag).rpartition("}")[2]


def child(one: Element, *path: str) -> Element | None:
    """The first child under these local names."""
    for name in path:
        found = next((part for part in one if local(part) == name), None)
        if found is None:
            return None
        one = found
    return one


def children(one: Element, name: str) -> list[Element]:
    """All children of this local name."""
    return [part for part in one if local(part) == name]


def text(one: Element | None, *path: str) -> str:
    """What stands in an element, or nothing."""
    found = child(one, *path) if one is not None else None
    return "".join(found.itertext()).strip() if found is not None else ""


def clean(value: Any) -> str:
    """A value as text that may stand in XML."""
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", str(value))


def add(parent: Element, name: str, value: Any = None, attributes: Mapping[str, str] | None = None) -> Element:
    """A child with a text."""
    made = SubElement(parent, name, dict(attributes or {}))
    if value is not None:
        made.text = clean(value)
    return made


def written(root: Element, *, namespace: str = "", encoding: str = "utf-8") -> bytes:
    """A document as bytes, with its declaration."""
    if namespace:
        register_namespace("", namespace)
    indent(root)
    return bytes(tostring(root, encoding=encoding, xml_declaration=True))
