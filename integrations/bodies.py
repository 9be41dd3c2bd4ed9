"""Reading what was sent: JSON of a modest size whose every text can be kept."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import BaseParser

from plant.errors import Refusal

LARGEST = 1_000_000
LARGEST_TABLE = 5_000_000
LARGEST_DOCUMENT = 20_000_000


class Unreadable(Refusal):
    """A body that is no JSON, or holds what no field can keep."""

    code = "malformed"


class TooLarge(Refusal):
    """A body beyond the limit."""

    code = "too-large"


def parse(raw: bytes, *, largest: int = LARGEST, number: Callable[[str], Any] = Decimal) -> Any:
    """The JSON in a body; numbers with a point stay exact unless `number` is float, NaN and Infinity are none."""
    check_size(len(raw), largest)
    try:
        found = json.loads(raw.decode(), parse_float=number, parse_constant=refuse)
        if b"\\u" in raw.lower() or b"\0" in raw:
            check_text(found)
    except (ValueError, RecursionError) as error:
        message = _("The body is not JSON that can be read. Check quotes, commas and the encoding (UTF-8).")
        raise Unreadable(message) from error
    return found


def check_size(size: int, largest: int = LARGEST) -> None:
    """Refuse a body of more than so many bytes."""
    if size > largest:
        message = _("The body has more than %(most)s MB. Send it in smaller parts.")
        raise TooLarge(message % {"most": largest // 1_000_000})


def refuse(word: str) -> None:
    """NaN and Infinity are no JSON."""
    raise ValueError(word)


def check_text(found: Any) -> None:
    """Half characters and NUL can be kept nowhere."""
    text = json.dumps(found, ensure_ascii=False, default=str)
    text.encode()
    if "\\u0000" in text:
        raise ValueError("NUL")


class Json(BaseParser):
    """JSON for the framework, read with a limit."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        return parse(stream.read(LARGEST + 1))


class Table(BaseParser):
    """JSON with columns of readings, which are floating point and many."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        return parse(stream.read(LARGEST_TABLE + 1), largest=LARGEST_TABLE, number=float)


class Document(BaseParser):
    """A document of a partner, whose numbers stay as they were written."""

    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        return parse(stream.read(LARGEST_DOCUMENT + 1), largest=LARGEST_DOCUMENT, number=float)


class Linked(Document):
    """The same, sent as what it is."""

    media_type = "application/ld+json"
