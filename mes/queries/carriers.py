"""What lies in which carrier, and what lay there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from mes.models import CarriedLot, Carrier
from plant.errors import Refusal
from traceability.models import Visit
from traceability.queries import visits as visiting
from traceability.queries.visits import Share


class UnknownCarrier(Refusal):
    """A code that no carrier has."""

    code = "unknown-carrier"


LOADED = Exists(CarriedLot.objects.filter(carrier=OuterRef("pk"), taken_at__isnull=True))


@dataclass(frozen=True, slots=True)
class Filled:
    """A carrier with what lies in it."""

    carrier: Carrier
    inside: list[CarriedLot]


@dataclass(frozen=True, slots=True)
class Run:
    """Lots of a carrier that stood at a machine together, in one start and one end."""

    visits: list[Visit]
    share: Share | None  # of the first; they came and went together

    @property
    def first(self) -> Visit:
        """One of them; they have place and times in common."""
        return self.visits[0]


def by_code(code: str) -> Carrier | None:
    """The carrier in use with this code."""
    return Carrier.objects.select_related("site").filter(code=code, active=True).first()


def found(code: str) -> Carrier:
    """The carrier with this code, or a refusal for who named another one."""
    one = by_code(code)
    if one is None:
        message = _("There is no carrier “%(code)s” in use. Check its label, or the list of carriers.")
        raise UnknownCarrier(message % {"code": code[:40]}, facts={"field": "carrier"})
    return one


def inside(carrier: Carrier) -> QuerySet[CarriedLot]:
    """What lies in a carrier now, slot by slot."""
    rows = CarriedLot.objects.filter(carrier=carrier, taken_at__isnull=True).order_by("slot")
    return rows.select_related("lot__material__unit", "carrier", "put_by")


def history(carrier: Carrier) -> QuerySet[CarriedLot]:
    """What lay in it before, the newest first."""
    rows = CarriedLot.objects.filter(carrier=carrier, taken_at__isnull=False).order_by("-taken_at", "-pk")
    return rows.select_related("lot__material", "put_by", "taken_by")


def every() -> QuerySet[Carrier]:
    """Every carrier in use, for the list."""
    return Carrier.objects.filter(active=True).select_related("site")


def dress(rows: Sequence[Carrier]) -> list[Filled]:
    """Each carrier with what lies in it, in one statement."""
    lying: dict[int, list[CarriedLot]] = {}
    found_rows = CarriedLot.objects.filter(carrier__in=rows, taken_at__isnull=True).order_by("slot")
    for row in found_rows.select_related("lot__material"):
        lying.setdefault(row.carrier_id, []).append(row)
    return [Filled(row, lying.get(row.pk, [])) for row in rows]


def runs(carrier: Carrier) -> list[Run]:
    """Where the lots that lie in a carrier stood together, the newest first."""
    lots = inside(carrier).values("lot")
    together: dict[tuple[int, object], list[Visit]] = {}
    visits = Visit.objects.filter(lot__in=lots).select_related("equipment", "lot", "person").order_by("lot_id")
    for visit in visits:
        together.setdefault((visit.equipment_id, visit.during.lower), []).append(visit)
    shares = visiting.shares(rows[0] for rows in together.values())
    runs_found = [Run(rows, shares.get(rows[0].pk)) for rows in together.values()]
    return sorted(runs_found, key=lambda run: run.first.during.lower, reverse=True)
