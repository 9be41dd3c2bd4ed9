"""The plain label of a code: QR and bars with lines for people, for badges, plates and the codes of commands."""

from dataclasses import dataclass

from plant import symbols
from traceability import label_files, label_layout
from traceability.label_layout import Drawing, Look, Said

HEIGHT, WIDTH = 40, 60  # millimetres
MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on a label: the number, where its QR code leads, and lines for people; its width in millimetres."""

    number: str
    url: str
    lines: tuple[str, ...] = ()
    width: int = WIDTH


def drawing(label: Label) -> Drawing:
    """The label; bars only where they can carry the number and are wide enough to be read."""
    data = {symbols.QR: label.url, symbols.CODE128: label.number}
    said = Said(label.number, (label.number, *label.lines[:MOST_LINES]), data, dict.fromkeys(data, label.number))
    return label_layout.lay_out(Look(label.width, HEIGHT, symbols.QR, symbols.CODE128), said)


def svg(label: Label) -> str:
    """The label as a drawing."""
    return label_files.svg(drawing(label))
