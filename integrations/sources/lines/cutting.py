"""Bytes as they arrive, cut into lines, and what a pattern finds in one. Pure."""

import re
from collections.abc import Iterator

ENDS = re.compile(rb"[\r\n\x03]")
LONGEST = 4096
START = b"\x02"
MOST_COMMAS = re.compile(r"[+-]?\d+,\d+")


class Cutter:
    """Lines end with CR, LF or ETX; STX before one and empty ones are nothing."""

    def __init__(self) -> None:
        self._rest = b""
        self.lost = 0

    def take(self, data: bytes) -> Iterator[str]:
        """The lines that are whole now; one without an end is thrown away when it is too long."""
        *whole, self._rest = ENDS.split(self._rest + data)
        if len(self._rest) > LONGEST:
            self._rest, self.lost = b"", self.lost + 1
        for line in whole:
            text = line.removeprefix(START).decode("utf-8", "replace").strip(" \t\0")
            if text and len(line) <= LONGEST:
                yield text


def found(pattern: re.Pattern[str], line: str) -> str | None:
    """What a pattern finds: the group called value, else the first group, else the whole; None where it fits not."""
    match = pattern.search(line)
    if match is None:
        return None
    if "value" in pattern.groupindex:
        return match.group("value")
    return match.group(1) if pattern.groups else match.group()


def number(text: str) -> str:
    """A number as instruments write it: blanks between sign and digits, a comma for the point."""
    plain = text.replace(" ", "")
    return plain.replace(",", ".") if MOST_COMMAS.fullmatch(plain) else plain
