"""Action Priority of a failure chain by severity, occurrence and detection. Pure.

Source: AIAG & VDA FMEA Handbook, 1st edition 2019, section 3.5.9 (table AP for DFMEA and PFMEA; both share it).
Severity, occurrence and detection are whole numbers from 1 to 10. H must, M should, L may be acted upon.
"""

from typing import NamedTuple

RATINGS = range(1, 11)
HIGH, MEDIUM, LOW = "H", "M", "L"
LEVELS = (HIGH, MEDIUM, LOW)


class Band(NamedTuple):
    """Ratings that the table treats alike."""

    least: int
    most: int

    def __contains__(self, rating: object) -> bool:
        return isinstance(rating, int) and self.least <= rating <= self.most


DETECTION = (Band(7, 10), Band(5, 6), Band(2, 4), Band(1, 1))
OCCURRENCE = (Band(8, 10), Band(6, 7), Band(4, 5), Band(2, 3), Band(1, 1))
# Severity → a word for each band of occurrence, in which each letter stands for a band of detection.
TABLE: dict[Band, tuple[str, ...]] = {
    Band(9, 10): ("HHHH", "HHHH", "HHHM", "HMLL", "LLLL"),
    Band(7, 8): ("HHHH", "HHHM", "HMMM", "MMLL", "LLLL"),
    Band(4, 6): ("HHMM", "MMML", "MLLL", "LLLL", "LLLL"),
    Band(2, 3): ("MMLL", "LLLL", "LLLL", "LLLL", "LLLL"),
    Band(1, 1): ("LLLL", "LLLL", "LLLL", "LLLL", "LLLL"),
}


class Cell(NamedTuple):
    """A field of the table: three bands and what they call for."""

    severity: Band
    occurrence: Band
    detection: Band
    priority: str


CELLS = tuple(
    Cell(severity, occurrence, detection, priority)
    for severity, words in TABLE.items()
    for occurrence, word in zip(OCCURRENCE, words, strict=True)
    for detection, priority in zip(DETECTION, word, strict=True)
)


def of(severity: int | None, occurrence: int | None, detection: int | None) -> str:
    """H, M or L; empty while one of the three is not rated. ValueError: a rating that is none."""
    if severity is None or occurrence is None or detection is None:
        return ""
    for cell in CELLS:
        if severity in cell.severity and occurrence in cell.occurrence and detection in cell.detection:
            return cell.priority
    raise ValueError(f"ratings are whole numbers from 1 to 10: {severity}, {occurrence}, {detection}")


def rpn(severity: int | None, occurrence: int | None, detection: int | None) -> int | None:
    """The risk priority number, 1 to 1000; None while one of the three is not rated."""
    if severity is None or occurrence is None or detection is None:
        return None
    return severity * occurrence * detection
