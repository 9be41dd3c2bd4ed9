"""Counts of places: the list of them, one with its lines, and what of a line lies elsewhere in the books."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from traceability.models import CountLine, CountStatus, LotBalance, StockCount
from traceability.queries import stock

OPEN = (CountStatus.COUNTING, CountStatus.REVIEW)


class UnknownCount(Refusal):
    """A number that no count carries."""

    code = "unknown-count"


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line as its approver sees it."""

    line: CountLine
    elsewhere: list[LotBalance]

    @property
    def difference(self) -> Decimal:
        """How much more was counted than the books said."""
        return self.line.counted - self.line.expected


def every() -> QuerySet[StockCount]:
    """Every count with how many lines it has and how many of them differ."""
    rows = StockCount.objects.select_related("place", "asked_by", "counted_by", "settled_by")
    differs = Q(lines__isnull=False) & ~Q(lines__counted=F("lines__expected"))
    return rows.annotate(line_count=Count("lines"), difference_count=Count("lines", filter=differs))


def by_number(number: str) -> StockCount:
    """One count, or a refusal."""
    rows = StockCount.objects.select_related("place", "asked_by", "counted_by", "settled_by")
    found = rows.filter(number=number).first()
    if found is None:
        raise UnknownCount(_("There is no count “%(number)s”.") % {"number": number[:40]})
    return found


def lines(count: StockCount) -> list[SeenLine]:
    """The lines of a count; of a lot that differs, also where else the books have it."""
    rows = list(count.lines.select_related("lot__material__unit", "by").order_by("pk"))
    differing = [line.lot_id for line in rows if line.lot_id and line.counted > line.expected]
    lying = LotBalance.objects.filter(lot__in=differing, bucket__in=stock.HERE, quantity__gt=0)
    spots: dict[int, list[LotBalance]] = {}
    for spot in lying.exclude(place=count.place.code).order_by("bucket", "place"):
        spots.setdefault(spot.lot_id, []).append(spot)
    return [SeenLine(line, spots.get(line.lot_id or 0, [])) for line in rows]


def open_at(place_ids: list[int]) -> list[StockCount]:
    """The open counts of places."""
    rows = StockCount.objects.filter(place__in=place_ids, status__in=OPEN)
    return list(rows.select_related("place").order_by("pk"))
