"""Checks on a part of an identifier's data, each under the name that the GS1 Barcode Syntax Dictionary gives it."""

import calendar
import re
from collections.abc import Callable

from plant.gs1 import coupons
from plant.gs1.code_lists import COUNTRIES, COUNTRY_LETTERS, CURRENCIES, PACKAGES

DIGITS = frozenset("0123456789")
CSET82 = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
CSET64 = frozenset("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
ALPHABETS = {"N": DIGITS, "X": frozenset(CSET82), "Y": frozenset("#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
PAIR_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # of a check pair, without those that are mistaken for digits
LONGEST_PAIRED = 97
SHORTEST_PREFIX = 4  # of a company
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[0-9A-Z]{1,30}")
MOST_LATITUDE, MOST_LONGITUDE = 1_800_000_000, 3_600_000_000
SERIES = re.compile(r"([1-9][0-9]*)/([1-9][0-9]*)")
PERCENT = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")
PRIMES = tuple(n for n in range(2, 510) if all(n % divisor for divisor in range(2, int(n**0.5) + 1)))


def in_alphabet(kind: str, text: str) -> bool:
    """Are all characters of the component's alphabet? Z may end in the = that fill up its groups of four."""
    if kind != "Z":
        return set(text) <= ALPHABETS[kind]
    bare = text.rstrip("=")
    return set(bare) <= CSET64 and (text == bare or (len(text) % 3 == 0 and len(text) - len(bare) <= 2))


def digits(text: str, *lengths: int) -> bool:
    """Only the digits 0 to 9, and so many of them?"""
    return set(text) <= DIGITS and (not lengths or len(text) in lengths)


def check_digit_ok(text: str) -> bool:
    """Does the last digit agree with the others (weights 3 and 1 from the right)?"""
    if not text or not digits(text):
        return False
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(text))) % 10 == 0


def check_pair_ok(text: str) -> bool:
    """Do the last two characters agree with the others (primes as weights, modulo 1021)?"""
    data, pair = text[:-2], text[-2:]
    if len(text) < 2 or len(data) > LONGEST_PAIRED or not set(data) <= set(CSET82):
        return False
    total = sum(CSET82.index(char) * prime for char, prime in zip(reversed(data), PRIMES, strict=False)) % 1021
    return pair == PAIR_LETTERS[total // 32] + PAIR_LETTERS[total % 32]


def date_ok(text: str, *, year_digits: int, may_lack_day: bool) -> bool:
    """Is YYMMDD or YYYYMMDD a day? Day 00, where it may stand, means the last day of the month."""
    if not digits(text, year_digits + 4):
        return False
    year, month, day = int(text[:year_digits]), int(text[year_digits:-2]), int(text[-2:])
    if not 1 <= month <= 12:
        return False
    return (may_lack_day and day == 0) or 1 <= day <= calendar.monthrange(2000 + year % 400, month)[1]


def time_ok(text: str, *limits: int) -> bool:
    """Two digits for each limit, each below it?"""
    parts = [text[place : place + 2] for place in range(0, 2 * len(limits), 2)]
    return digits(text, 2 * len(limits)) and all(int(part) < limit for part, limit in zip(parts, limits, strict=True))


def piece_ok(text: str) -> bool:
    """Is the first half a piece's number and the second half the total, both above zero?"""
    half = len(text) // 2
    return bool(text) and len(text) % 2 == 0 and digits(text) and 0 < int(text[:half]) <= int(text[half:])


def series_ok(text: str) -> bool:
    """Is it n/m with n at most m?"""
    match = SERIES.fullmatch(text)
    return match is not None and int(match[1]) <= int(match[2])


def iban_ok(text: str) -> bool:
    """Is it an account number of a country, with its check digits (ISO 13616)?"""
    if IBAN.fullmatch(text) is None or text[:2] not in COUNTRY_LETTERS:
        return False
    return int("".join(str(int(char, 36)) for char in text[4:] + text[:4])) % 97 == 1


def _one_of(codes: frozenset[str]) -> Callable[[str], bool]:
    return codes.__contains__


CHECKS: dict[str, Callable[[str], bool]] = {
    "csum": check_digit_ok,
    "csumalpha": check_pair_ok,
    "gcppos1": lambda text: len(text) >= SHORTEST_PREFIX and digits(text[:SHORTEST_PREFIX]),
    "gcppos2": lambda text: len(text) > SHORTEST_PREFIX and digits(text[1 : 1 + SHORTEST_PREFIX]),
    "yymmd0": lambda text: date_ok(text, year_digits=2, may_lack_day=True),
    "yymmdd": lambda text: date_ok(text, year_digits=2, may_lack_day=False),
    "yyyymmd0": lambda text: date_ok(text, year_digits=4, may_lack_day=True),
    "yyyymmdd": lambda text: date_ok(text, year_digits=4, may_lack_day=False),
    "hh": lambda text: time_ok(text, 24),
    "mi": lambda text: time_ok(text, 60),
    "ss": lambda text: time_ok(text, 60),
    "hhmi": lambda text: time_ok(text, 24, 60),
    "iso3166": _one_of(COUNTRIES),
    "iso3166999": _one_of(COUNTRIES | {"999"}),
    "iso3166alpha2": _one_of(COUNTRY_LETTERS),
    "iso4217": _one_of(CURRENCIES),
    "iso5218": _one_of(frozenset("0129")),
    "packagetype": _one_of(PACKAGES),
    "mediatype": _one_of(frozenset(f"{number:02d}" for number in (*range(1, 11), *range(80, 100)))),
    "importeridx": _one_of(CSET64),
    "winding": _one_of(frozenset("019")),
    "yesno": _one_of(frozenset("01")),
    "hyphen": _one_of(frozenset("-")),
    "zero": lambda text: set(text) == {"0"},
    "nonzero": lambda text: digits(text) and set(text) != {"0"},
    "nozeroprefix": lambda text: digits(text) and text[:1] != "0",
    "hasnondigit": lambda text: not digits(text),
    "latitude": lambda text: digits(text, 10) and int(text) <= MOST_LATITUDE,
    "longitude": lambda text: digits(text, 10) and int(text) <= MOST_LONGITUDE,
    "pieceoftotal": piece_ok,
    "posinseqslash": series_ok,
    "pcenc": lambda text: PERCENT.fullmatch(text) is not None,
    "iban": iban_ok,
    "couponcode": coupons.coupon_ok,
    "couponposoffer": coupons.offer_ok,
}
