"""A sampling plan in numbers: from the tables, without any fault, or for two agreed points of the curve."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from qms.sampling import curves, double, figures, finders, master, single, variables
from qms.sampling.letters import LETTERS

ZERO = "c0"
TABLES = tuple(single.NAMES)
STANDARDS = (*TABLES, ZERO)


def analyse(
    data: Mapping[str, Any] | None = None, *, standard: str = "iso2859-1", lot: int | None = None, aql: object = None,
    level: str = "II", severity: str = "normal", counts: str = "", is_double: bool = False, curve: bool = False,
    p1: float | None = None, p2: float | None = None, alpha: float = 0.05, beta: float = 0.10,
    by_variables: bool = False, is_sigma_known: bool = False, limit: float | None = None,
) -> dict[str, Any]:
    """The plan that the options ask for; `data` is not looked at, a plan comes before its numbers.

    With `lot` and `aql`: a plan of the tables (`letter`, `n`, `ac`, `re`, `inspect_all`). With standard "c0": the
    smallest sample without a fault, for `limit` (LTPD) or for the limiting quality of the table's plan at `aql`. With
    `p1` and `p2` (fractions): the smallest plan for these points. ValueError says what is missing or wrong.
    """
    if p1 is not None or p2 is not None:
        return _for_points(p1, p2, alpha, beta, by_variables, is_sigma_known)
    if lot is None or (aql is None and limit is None):
        raise ValueError("Say the lot size and the AQL, or the two qualities p1 and p2.")
    if standard == ZERO:
        return _without_fault(lot, aql, level, limit, beta)
    plan = single.find(standard=standard, lot=lot, aql=aql, level=level, severity=severity, counts=counts)
    return {**figures.told(plan), **(_double(plan) if is_double else {}), **(figures.drawn(plan) if curve else {})}


def dump(standard: str = "iso2859-1") -> dict[str, dict[str, dict[str, list[Any]]]]:
    """Every cell of a standard's tables: `{severity: {letter: {aql: [letter_used, n, ac, re]}}}`."""
    known = single.standard_of(standard)
    return {
        severity: {
            letter: {aql: list(master.cell(known, severity, letter, aql)) for aql in master.AQLS} for letter in LETTERS
        }
        for severity in master.SEVERITIES
    }


def _double(plan: single.Plan) -> dict[str, Any]:
    found = double.find(plan)
    return {"double": {"n1": found.n, "n2": found.n, **found.numbers._asdict()} if found else None}


def _without_fault(lot: int, aql: object, level: str, limit: float | None, beta: float) -> dict[str, Any]:
    if limit is None:
        plan = single.find(lot=lot, aql=aql, level=level)
        limit = curves.quality_at(beta, n=plan.n, ac=plan.ac, model=figures.model_of(plan))
    n = finders.zero(lot=lot, limit=limit, beta=beta)
    asked = {"standard": ZERO, "lot": lot, "limit": limit, "beta": beta}
    return {**asked, "n": n, "ac": 0, "re": 1, "inspect_all": n >= lot}


def _for_points(
    p1: float | None, p2: float | None, alpha: float, beta: float, by_variables: bool, is_sigma_known: bool
) -> dict[str, Any]:
    if p1 is None or p2 is None:
        raise ValueError("Say both qualities: p1, which is nearly always accepted, and p2, which is nearly never.")
    asked: dict[str, Any] = {"p1": p1, "alpha": alpha, "p2": p2, "beta": beta}
    if by_variables:
        return {**asked, "method": "k", **asdict(variables.find(**asked, is_sigma_known=is_sigma_known))}
    found = finders.single(**asked)
    return {**asked, "method": "attributes", **asdict(found), "re": found.ac + 1}
