"""Row locks, taken in one order everywhere.

Site, job order, job segment, lot (ascending id), nonconformance and hold, document, journal head. A command that needs
several kinds of rows locks them in this order; within a kind, by ascending key.
"""

from typing import TypeVar

from django.db.models import Model, QuerySet

RowT = TypeVar("RowT", bound=Model)


def lock(rows: "QuerySet[RowT]") -> list[RowT]:
    """Lock rows until the transaction ends, and read them as they are once locked."""
    return list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
