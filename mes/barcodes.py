"""What a scanned text says: a number of ours, a command, a GS1 label or an address. Pure: no ORM.

The server decides what a code is, never the label. Only a trailing CR, LF or tab of the scanner is cut off; the group
separator inside GS1 data stays; control, bidirectional and zero-width characters are refused.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from mes import gs1
from plant.errors import Refusal

LONGEST = 200
COMMANDS = {"PAUSE", "RESUME", "STOP", "SIGNOFF", "SCRAP", "REWORK", "CLEAR"}
SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
GS1_CARRIERS = ("]C1", "]d2", "]Q3", "]e0", "]J1")
RETAIL_CARRIERS = ("]E0", "]E4")
LABEL = re.compile(r"/l/([^/?#]+)/?\Z")
INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


class BarcodeRefused(Refusal):
    """A code that can't be read; says what is wrong with it."""

    code = "barcode-refused"


class Kind(StrEnum):
    """What a code turned out to be."""

    NUMBER = "number"
    COMMAND = "command"
    GS1 = "gs1"


@dataclass(frozen=True)
class Code:
    """A code that was read: the number to look for, or the command, or the parts of a GS1 label."""

    kind: Kind
    text: str
    number: str = ""
    elements: dict[str, str] = field(default_factory=dict)

    @property
    def gtin(self) -> str:
        """The trade item on the label, if it names one."""
        return self.elements.get("01", "") or self.elements.get("02", "")

    @property
    def candidates(self) -> list[str]:
        """The numbers that this label may carry, most telling first: serial, lot, logistic unit."""
        ours = [self.elements[code] for code in ("21", "10", "00") if code in self.elements]
        return ours or ([self.number] if self.number else [])


def parse(text: str) -> Code:
    """Read a scanned text, or refuse it with the reason."""
    symbology, data = clean(text)
    try:
        return _read(symbology, data)
    except gs1.Gs1Error as error:
        message = _("This is a GS1 label, but %(detail)s. Print the label again or type the lot number.")
        raise BarcodeRefused(message % {"detail": error}, code="barcode-gs1") from error


def clean(text: Any) -> tuple[str, str]:
    """The symbology identifier, if the scanner sends one, and the data without the scanner's suffix."""
    if not isinstance(text, str) or not text.rstrip("\r\n\t"):
        raise BarcodeRefused(_("Nothing was scanned. Scan the code again."), code="barcode-empty")
    data = text.rstrip("\r\n\t")
    if len(data) > LONGEST:
        message = _("This code has %(length)d characters; %(longest)d is the most. It is not one of our labels.")
        raise BarcodeRefused(message % {"length": len(data), "longest": LONGEST}, code="barcode-too-long")
    if any(char != gs1.GS and unicodedata.category(char) in INVISIBLE for char in data):
        message = _("This code holds invisible or control characters. It is not one of our labels; put it aside.")
        raise BarcodeRefused(message, code="barcode-characters")
    data = unicodedata.normalize("NFC", data)
    found = SYMBOLOGY.match(data)
    return (found.group(), data[3:]) if found else ("", data)


def _read(symbology: str, data: str) -> Code:
    if symbology in GS1_CARRIERS:
        return _gs1(data, gs1.element_string(data.removeprefix(gs1.GS)))
    if symbology in RETAIL_CARRIERS or data[:1] == gs1.GS or gs1.GS in data:
        return _retail(data) if symbology in RETAIL_CARRIERS else _gs1(data, gs1.element_string(data.lstrip(gs1.GS)))
    if re.match(r"\(\d{2,4}\)", data):
        return _gs1(data, gs1.bracketed(data))
    if data.upper().startswith("CMD:"):
        return _command(data)
    if re.match(r"https?://", data, re.IGNORECASE):
        return _address(data)
    if not data.strip():
        raise BarcodeRefused(_("Nothing was scanned. Scan the code again."), code="barcode-empty")
    return Code(Kind.NUMBER, data, number=data)


def _gs1(data: str, elements: dict[str, str]) -> Code:
    return Code(Kind.GS1, data, elements=elements)


def _retail(data: str) -> Code:
    if len(data) not in (8, 12, 13) or not set(data) <= gs1.DIGITS or not gs1.check_digit_ok(data):
        raise gs1.Gs1Error(_("the check digit is wrong"))
    return _gs1(data, {"01": data.zfill(14)})


def _command(data: str) -> Code:
    word = data[4:].upper()
    if word not in COMMANDS:
        message = _("“%(word)s” is not a command of this station. Use the buttons on the screen.")
        raise BarcodeRefused(message % {"word": word[:40]}, code="barcode-command")
    return Code(Kind.COMMAND, data, number=word)


def _address(data: str) -> Code:
    ours = LABEL.search(urlsplit(data).path)
    if ours:
        return Code(Kind.NUMBER, data, number=clean(unquote(ours.group(1)))[1])
    return _gs1(data, gs1.digital_link(data))
