"""A plan in figures: what it does to lots, and the plans that stand around it."""

from dataclasses import asdict, dataclass
from typing import Any

from qms.sampling import curves, finders, master, single

CHANCES = (0.95, 0.5, 0.1)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A plan near the one in hand, with the quality it accepts half the time and one time in ten."""

    plan: single.Plan
    half: float
    limit: float
    is_same: bool


def told(plan: single.Plan) -> dict[str, Any]:
    """A plan of the tables with its size for this lot."""
    return {**asdict(plan), "inspect_all": plan.inspect_all, "sample": plan.sample}


def drawn(plan: single.Plan, points: int = 60) -> dict[str, Any]:
    """The curves of a plan: at each quality the chance of acceptance, outgoing quality and total inspection."""
    of: dict[str, Any] = {"n": plan.n, "ac": plan.re - 1, "model": model_of(plan)}
    worst, at = curves.worst_outgoing(lot=plan.lot, **of)
    rows = [
        {
            "p": p, "pa": curves.acceptance(p, **of), "aoq": curves.outgoing(p, lot=plan.lot, **of),
            "ati": curves.total_inspection(p, lot=plan.lot, **of),
        }
        for p in curves.grid(points=points, **of)
    ]  # fmt: skip
    qualities = {f"p{round(chance * 100):02d}": curves.quality_at(chance, **of) for chance in CHANCES}
    return {"model": of["model"], "curve": rows, "aoql": worst, "aoql_at": at, **qualities}


def model_of(plan: single.Plan) -> curves.Model:
    """Nonconforming items are binomial, nonconformities Poisson."""
    return "binomial" if plan.counts == single.NONCONFORMING else "poisson"


def around(plan: single.Plan) -> list[Neighbour]:
    """The plans of the three severities, and of one AQL tighter and looser, for the same lot and level."""
    at = master.position(plan.aql)
    near = [master.AQLS[i] for i in (at - 1, at + 1) if 0 <= i < len(master.AQLS)]
    words = [(plan.aql, severity) for severity in master.SEVERITIES] + [(aql, plan.severity) for aql in near]
    asked: dict[str, Any] = {"standard": plan.standard, "lot": plan.lot, "level": plan.level}
    # Above an AQL of 10 no items can be counted: the neighbour there counts nonconformities.
    return [
        _neighbour(single.find(**asked, aql=aql, severity=severity, counts=_kept(plan, aql)), plan)
        for aql, severity in words
    ]


def without_fault(plan: single.Plan) -> int | None:
    """The sample without a fault that protects as the plan of normal inspection does; None where faults are counted."""
    if plan.counts != single.NONCONFORMING:
        return None
    normal = single.find(standard=plan.standard, lot=plan.lot, level=plan.level, aql=plan.aql)
    return finders.zero_for(lot=plan.lot, n=normal.n, ac=normal.ac)


def _kept(plan: single.Plan, aql: str) -> str:
    return plan.counts if plan.counts == single.NONCONFORMITIES else single.counted(aql)


def _neighbour(plan: single.Plan, of: single.Plan) -> Neighbour:
    half, limit = (curves.quality_at(chance, n=plan.n, ac=plan.re - 1, model=model_of(plan)) for chance in CHANCES[1:])
    return Neighbour(plan, half, limit, plan == of)
