"""North American coupons, identifiers 8110 and 8112: numbers in a row, each telling how long the next one is.

Source: GS1 US, North American Coupon Application Guideline Using GS1 DataBar Expanded Symbols.
"""

from collections.abc import Callable
from datetime import date

DIGITS = frozenset("0123456789")
NO_PREFIX = 9  # the length that says that no company prefix follows


class Malformed(ValueError):
    """A coupon that does not follow its layout."""


class Reader:
    """Takes a coupon's digits one after the other."""

    def __init__(self, text: str) -> None:
        if not set(text) <= DIGITS:
            raise Malformed(text)
        self.rest = text

    def take(self, length: int) -> str:
        """The next digits; all of them must be there."""
        if len(self.rest) < length:
            raise Malformed(self.rest)
        taken, self.rest = self.rest[:length], self.rest[length:]
        return taken

    def one_of(self, allowed: str) -> int:
        """The next digit, which must be an allowed one."""
        digit = self.take(1)
        if digit not in allowed:
            raise Malformed(digit)
        return int(digit)

    def follows(self, field: str) -> bool:
        """Does this optional field begin here? Then its number is taken."""
        begins = self.rest.startswith(field)
        self.rest = self.rest[1:] if begins else self.rest
        return begins

    def day(self) -> date:
        """The next six digits as a day of this century."""
        text = self.take(6)
        try:
            return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
        except ValueError as error:
            raise Malformed(text) from error


def coupon_ok(text: str) -> bool:
    """Does a coupon (8110) follow its layout?"""
    return _follows_layout(text, _coupon)


def offer_ok(text: str) -> bool:
    """Does a positive offer file coupon (8112) follow its layout?"""
    return _follows_layout(text, _offer)


def _follows_layout(text: str, layout: Callable[[Reader], None]) -> bool:
    try:
        reader = Reader(text)
        layout(reader)
    except Malformed:
        return False
    return not reader.rest


def _coupon(reader: Reader) -> None:
    reader.take(6 + reader.one_of("0123456"))  # company prefix
    reader.take(6)  # offer
    reader.take(reader.one_of("12345"))  # save value
    _requirement(reader)
    if reader.follows("1"):
        reader.one_of("0123")  # how the purchases go together
        _purchase(reader)
    if reader.follows("2"):
        _purchase(reader)
    _validity(reader)
    if reader.follows("5"):
        reader.take(6 + reader.one_of("0123456789"))  # serial number
    if reader.follows("6"):
        reader.take(6 + reader.one_of("1234567"))  # retailer
    if reader.follows("9"):
        reader.one_of("01256")  # what the save value means
        reader.one_of("012")  # to which item it applies
        reader.take(1)  # store coupon
        reader.one_of("01")  # may it be multiplied


def _requirement(reader: Reader) -> None:
    reader.take(reader.one_of("12345"))
    reader.one_of("012349")
    reader.take(3)  # family


def _purchase(reader: Reader) -> None:
    _requirement(reader)
    length = reader.one_of("01234569")
    if length != NO_PREFIX:
        reader.take(6 + length)


def _validity(reader: Reader) -> None:
    expires = reader.day() if reader.follows("3") else date.max
    starts = reader.day() if reader.follows("4") else date.min
    if expires < starts:
        raise Malformed("expires before it starts")


def _offer(reader: Reader) -> None:
    reader.one_of("01")  # format
    reader.take(6 + reader.one_of("0123456"))  # funder
    reader.take(6)  # offer
    reader.take(6 + reader.one_of("0123456789"))  # serial number
