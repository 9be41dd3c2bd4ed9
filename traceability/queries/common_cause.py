"""What bad pieces have in common and good ones have not: everything behind both, ranked by lift."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import comb

from django.db import connection, transaction

from traceability import factors
from traceability.factors import Sample, Shared, Words
from traceability.models import MaterialLot, Visit
from traceability.queries import genealogy_sql

MOST_BESIDE, MOST_SHOWN = 60, 60
ABOVE = f"""
WITH RECURSIVE up(piece, id) AS (
  SELECT r, r FROM unnest(%(roots)s::bigint[]) AS r
  UNION
  SELECT u.piece, l.parent_id FROM up u JOIN traceability_link l ON l.child_id = u.id WHERE {genealogy_sql.NET}
)
SELECT piece, array_agg(id) FROM up GROUP BY piece
"""
# Of the same materials, what was made nearest in time: what a person would lay beside the bad ones.
BESIDE = """
WITH bad AS (SELECT * FROM traceability_materiallot WHERE id = ANY(%(bad)s::bigint[])),
middle AS (
  SELECT material_id, to_timestamp(avg(extract(epoch FROM created_at))) AS at FROM bad GROUP BY material_id
)
SELECT n.id FROM traceability_materiallot n JOIN middle m ON m.material_id = n.material_id
WHERE NOT n.id = ANY(%(bad)s::bigint[]) AND n.created_at BETWEEN m.at - interval '30 days' AND m.at + interval '30 days'
ORDER BY abs(extract(epoch FROM n.created_at - m.at)), n.id LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing in common, with how many bad and good pieces have it."""

    kind: Words
    label: str
    bad: int
    all_bad: int
    good: int
    all_good: int
    start: tuple[tuple[str, object], ...]
    group: str = ""

    @property
    def lift(self) -> float:
        """How many times as frequent among bad as among good pieces; halves added, so that few pieces prove little."""
        return ((self.bad + 0.5) / (self.all_bad + 1)) / ((self.good + 0.5) / (self.all_good + 1))

    @property
    def chance(self) -> float:
        """How likely at least as many bad ones would have it if it had nothing to do with it (Fisher, one-sided)."""
        have, total = self.bad + self.good, self.all_bad + self.all_good
        ways = sum(
            comb(have, hits) * comb(total - have, self.all_bad - hits)
            for hits in range(self.bad, min(have, self.all_bad) + 1)
        )
        return ways / comb(total, self.all_bad)

    @property
    def is_in_all(self) -> bool:
        """Whether every bad piece has it."""
        return self.bad == self.all_bad


@dataclass(frozen=True, slots=True)
class Comparison:
    """The bad and the good pieces, what they share, and whether the good ones were chosen by the program."""

    bad: list[MaterialLot]
    good: list[MaterialLot]
    causes: list[Cause]
    is_beside: bool


def compare(bad: Collection[MaterialLot], good: Collection[MaterialLot]) -> Comparison:
    """Rank what bad pieces share; without good ones, against what was made beside them."""
    wrong = {lot.pk: lot for lot in bad}
    fine = {lot.pk: lot for lot in good if lot.pk not in wrong} or beside(wrong)
    sample = gather([*wrong, *fine])
    causes = [counted(one, set(wrong), set(fine)) for one in factors.every(sample)]
    least = min(2, len(wrong))
    telling = [one for one in causes if one.bad >= least and one.lift > 1]
    telling.sort(key=lambda one: (-one.lift, one.chance, str(one.label)))
    first = {one.group: at for at, one in reversed(list(enumerate(telling)))}
    best = [one for at, one in enumerate(telling) if not one.group or first[one.group] == at]
    return Comparison(list(wrong.values()), list(fine.values()), best[:MOST_SHOWN], not good)


def beside(bad: Iterable[int]) -> dict[int, MaterialLot]:
    """Pieces of the same materials made nearest in time."""
    with connection.cursor() as cursor:
        cursor.execute(BESIDE, {"bad": list(bad), "most": MOST_BESIDE})
        keys = [pk for (pk,) in cursor.fetchall()]
    found = MaterialLot.objects.select_related("material").in_bulk(keys)
    return {pk: found[pk] for pk in keys}


def gather(pieces: list[int]) -> Sample:
    """Everything behind some pieces, in two statements."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(genealogy_sql.SETTINGS)
        cursor.execute(ABOVE, {"roots": pieces, "as_of": genealogy_sql.FOREVER})
        above = {piece: frozenset(lots) for piece, lots in cursor.fetchall()}
    lots = {lot for found in above.values() for lot in found}
    visits = Visit.objects.filter(lot__in=lots).select_related("equipment", "person")
    return Sample(above, list(visits.order_by("pk")))


def counted(one: Shared, bad: set[int], good: set[int]) -> Cause:
    """How many of each have it."""
    return Cause(
        one.kind, one.label, len(one.pieces & bad), len(bad), len(one.pieces & good), len(good), one.start,
        one.group,
    )
