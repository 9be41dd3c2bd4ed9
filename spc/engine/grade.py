"""The grade of a stream in two signs: capability A to C, stability 1 to 3."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where grades part. Capability: Cpk at least `a` is A, at least `b` is B, else C. Stability: a share of flagged
    points of at most `first` is 1, at most `second` is 2, else 3.

    1.67 and 1.33 are what AIAG's PPAP (4th ed., 2.2.11.3) asks of new and of running processes; 1 % and 5 % of
    flagged points are this house's: the usual three rules flag some 1 % of the points of a stable process.
    """

    a: float = 1.67
    b: float = 1.33
    first: float = 0.01
    second: float = 0.05

    def __post_init__(self) -> None:
        if not (self.a >= self.b and 0 <= self.first <= self.second <= 1):
            raise ValueError("Bounds of grades must fall from A to B and rise from 1 to 2, shares between 0 and 1.")


USUAL = Bounds()


def of(cpk: float, flagged: int, points: int, bounds: Bounds = USUAL) -> str:
    """The grade, "A1" to "C3", of a stream with `flagged` of `points` points against a rule. ValueError: no points."""
    if points < 1:
        raise ValueError("A grade needs at least one point.")
    share = flagged / points
    capability = "A" if cpk >= bounds.a else "B" if cpk >= bounds.b else "C"
    stability = "1" if share <= bounds.first else "2" if share <= bounds.second else "3"
    return capability + stability
