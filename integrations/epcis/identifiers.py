"""The addresses by which EPCIS events name things: GS1 Digital Link where there is a GS1 number, else names of our own.

Sources: GS1 EPCIS 2.0 and CBV 2.0, section 8 (identifiers); GS1 Digital Link, URI syntax.
"""

from urllib.parse import quote

from plant.gs1 import digital_link
from plant.gs1.checks import CSET82

LONGEST = 20  # a lot, a serial, or the extension of a location
OWN = "urn:zhizao"


def thing(number: str, gtin: str, *, is_serial: bool) -> str:
    """A serial (an instance) or a lot (a class)."""
    if gtin and fits(number):
        return digital_link.written({"01": gtin.zfill(14), "21" if is_serial else "10": number})
    return own("serial" if is_serial else "lot", number)


def carton(sscc: str) -> str:
    """A carton or pallet."""
    return digital_link.written({"00": sscc})


def place(gln: str, code: str = "") -> str:
    """A place of a site, or the site itself."""
    if gln and (not code or fits(code)):
        return digital_link.written({"414": gln, **({"254": code} if code else {})})
    return own("place", code or gln)


def party(gln: str, code: str) -> str:
    """A company."""
    return digital_link.written({"417": gln}) if gln else own("party", code)


def paper(gln: str, number: str) -> str:
    """A document of our own: an order, a delivery note, a test report."""
    return f"urn:epcglobal:cbv:bt:{gln}:{quote(number, safe='')}" if gln else own("document", number)


def transformation(gln: str, number: str) -> str:
    """What ties together the inputs and outputs that are told one by one."""
    return f"urn:epcglobal:cbv:xform:{gln}:{quote(number, safe='')}" if gln else own("transformation", number)


def own(kind: str, number: str) -> str:
    """A name that only this plant gives."""
    return f"{OWN}:{kind}:{quote(number, safe='')}"


def fits(number: str) -> bool:
    """May it stand in a GS1 identifier?"""
    return 0 < len(number) <= LONGEST and set(number) <= set(CSET82)
