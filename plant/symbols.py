"""The symbols of labels as cells: Code 128, GS1-128, QR, Data Matrix and GS1 DataMatrix. Pure.

Sources: ISO/IEC 15417 (Code 128), GS1 General Specifications 5.4 (GS1-128) and 5.6 (GS1 DataMatrix).
"""

from collections.abc import Iterator

from barcode.charsets import code128 as patterns

from plant import datamatrix, qr
from plant.datamatrix import Cells
from plant.gs1.elements import GS

CODE128, GS1_128, QR, DATAMATRIX, GS1_DATAMATRIX = "CODE128", "GS1_128", "QR", "DATAMATRIX", "GS1_DATAMATRIX"
PUBLIC = "PUBLIC"  # a QR code too, beside the one that leads to the record
LINEAR = frozenset({CODE128, GS1_128})
GS1 = frozenset({GS1_128, GS1_DATAMATRIX})
# Light modules around a symbol, each side: the standards of the symbols; a scanner needs them.
QUIET = {CODE128: 10, GS1_128: 10, QR: 4, PUBLIC: 4, DATAMATRIX: 1, GS1_DATAMATRIX: 1}
START_B, START_C, TO_B, TO_C, FNC1 = 104, 105, 100, 99, 102
RUN = 4  # as many digits in a row are shorter in code C


class NotCarried(ValueError):
    """Data that a symbol can't carry."""


def cells(symbology: str, data: str) -> Cells:
    """The symbol without its quiet zone, row by row; a linear one is one row. GS1 data with GS as separator.

    Raises NotCarried.
    """
    if not data:
        raise NotCarried(data)
    if symbology in LINEAR:
        return [[module == "1" for module in bars(data, is_gs1=symbology == GS1_128)]]
    if symbology in (QR, PUBLIC):
        return qr.cells(data)
    try:
        return datamatrix.cells(data, is_gs1=symbology == GS1_DATAMATRIX)
    except datamatrix.TooLong as error:
        raise NotCarried(data) from error


def bars(data: str, *, is_gs1: bool = False) -> str:
    """The modules of a Code 128 symbol as ones and zeros; of GS1-128 with FNC1 first, and for each GS."""
    known = data.replace(GS, "") if is_gs1 else data
    if not known.isascii() or not known.isprintable():
        raise NotCarried(data)
    values = list(_values(f"{GS}{data}" if is_gs1 else data))
    check = (values[0] + sum(place * value for place, value in enumerate(values[1:], start=1))) % 103
    modules: str = "".join(patterns.CODES[value] for value in (*values, check)) + patterns.STOP + "11"
    return modules


def _values(data: str) -> Iterator[int]:
    """The start, then every character's value: runs of digits two by two in code C, everything else in code B."""
    is_pairs = _digits(data.removeprefix(GS)) >= RUN
    yield START_C if is_pairs else START_B
    place = 0
    while place < len(data):
        run = _digits(data[place:])
        if data[place] == GS:
            yield FNC1
            place += 1
        elif is_pairs and run >= 2:
            yield int(data[place : place + 2])
            place += 2
        elif not is_pairs and run >= RUN and run % 2 == 0:
            yield TO_C
            is_pairs = True
        else:
            if is_pairs:
                yield TO_B
                is_pairs = False
            yield ord(data[place]) - 32
            place += 1


def _digits(data: str) -> int:
    """How many digits a text begins with."""
    return len(data) - len(data.lstrip("0123456789"))
