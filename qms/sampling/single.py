"""The single sampling plan of a lot, and what the number of faults found says (ISO 2859-1:1999, clauses 5, 7, 10)."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from qms.sampling import master
from qms.sampling.letters import LETTERS, code_letter
from qms.sampling.master import AQLS, SEVERITIES, Severity, Standard

# What people call the two standards; GB/T 2828.1-2012 is identical with ISO 2859-1:1999.
NAMES: dict[str, Standard] = {
    "iso2859-1": "iso2859-1", "gb2828.1": "iso2859-1", "gb/t2828.1": "iso2859-1",
    "mil-std-105e": "mil-std-105e", "z1.4": "mil-std-105e",
}  # fmt: skip
NONCONFORMING, NONCONFORMITIES = "nonconforming", "nonconformities"
LARGEST_PERCENT = 10  # above it an AQL counts nonconformities per 100 units, of which one unit may have several
_NUMBERS = {Decimal(aql): aql for aql in AQLS}


class Verdict(StrEnum):
    """What becomes of a lot; in the gap of MIL-STD-105E it is accepted, and inspection returns to normal."""

    ACCEPT = "accept"
    ACCEPT_TO_NORMAL = "accept-to-normal"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Plan:
    """One row of a master table as it applies to one lot; `letter` is where the arrows lead from `code_letter`."""

    standard: Standard
    severity: Severity
    level: str
    lot: int
    aql: str
    counts: str
    code_letter: str
    letter: str
    n: int
    ac: int
    re: int

    @property
    def inspect_all(self) -> bool:
        """The sample would be the whole lot or more: every item is inspected, with the same numbers."""
        return self.n >= self.lot

    @property
    def sample(self) -> int:
        """How many items are taken."""
        return min(self.n, self.lot)


def find(
    *, standard: str = "iso2859-1", lot: int, aql: object, level: str = "II", severity: str = "normal", counts: str = ""
) -> Plan:
    """The plan of a lot of `lot` items.

    `aql` in percent nonconforming (up to 10) or in nonconformities per 100 units, as number or text. `counts` is
    "nonconforming" or "nonconformities"; blank: what the AQL allows first. ValueError says which word is wrong.
    """
    known, printed, kind = standard_of(standard), printed_aql(aql), severity_of(severity)
    letter = code_letter(lot, level)
    found = master.cell(known, kind, letter, printed)
    return Plan(
        standard=known, severity=kind, level=level, lot=lot, aql=printed, counts=counted(printed, counts),
        code_letter=letter, letter=found.letter, n=found.n, ac=found.ac, re=found.re,
    )  # fmt: skip


def standard_of(name: str) -> Standard:
    """The standard that a person names; ValueError lists the names."""
    known = NAMES.get(name.strip().casefold().replace(" ", ""))
    if known is None:
        raise ValueError(f"There is no sampling standard {name!r}; choose one of {', '.join(NAMES)}.")
    return known


def severity_of(name: str) -> Severity:
    """Normal, tightened or reduced; ValueError otherwise."""
    if name not in SEVERITIES:
        raise ValueError(f"There is no severity {name!r}; choose one of {', '.join(SEVERITIES)}.")
    return name


def printed_aql(aql: object) -> str:
    """An AQL as the tables print it, from a number or text ("1", 1.0 and "1.00" are "1.0"); ValueError otherwise."""
    try:
        found = _NUMBERS.get(Decimal(str(aql).strip()))
    except (InvalidOperation, TypeError):  # a signalling NaN can't be looked up
        found = None
    if found is None:
        raise ValueError(f"The tables have no AQL {aql}; choose one of {', '.join(AQLS)}.")
    return found


def counted(aql: str, counts: str = "") -> str:
    """What is counted at an AQL; ValueError for nonconforming items above an AQL of 10, which a percentage can't be."""
    if counts not in {"", NONCONFORMING, NONCONFORMITIES}:
        raise ValueError(f"There is nothing to count called {counts!r}; choose {NONCONFORMING} or {NONCONFORMITIES}.")
    is_percent = Decimal(aql) <= LARGEST_PERCENT
    if counts == NONCONFORMING and not is_percent:
        raise ValueError(f"An AQL of {aql} counts nonconformities per 100 units; nonconforming items end at 10 %.")
    return counts or (NONCONFORMING if is_percent else NONCONFORMITIES)


def judge(plan: Plan, found: int) -> Verdict:
    """What `found` faults in the sample say of the lot; ValueError below zero, or above n where items are counted."""
    if found < 0 or (plan.counts == NONCONFORMING and found > plan.sample):
        raise ValueError(f"{found} nonconforming items can't be found in a sample of {plan.sample}.")
    if found >= plan.re:
        return Verdict.REJECT
    return Verdict.ACCEPT if found <= plan.ac else Verdict.ACCEPT_TO_NORMAL


def tighter_ac(plan: Plan) -> int | None:
    """The acceptance number of normal inspection one AQL tighter with the same sample; None left of the table.

    ISO 2859-1:1999, 9.3.3.2 asks for it where the acceptance number is 2 or more; there the sample is always the same.
    """
    column = master.position(plan.aql)
    if not column or plan.letter not in LETTERS:
        return None
    found = master.cell(plan.standard, "normal", plan.letter, AQLS[column - 1])
    return found.ac if found.letter == plan.letter else None
