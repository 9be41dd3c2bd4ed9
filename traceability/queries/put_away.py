"""Where a lot should be put: its fixed place, else where its material lies already, else a free place."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from plant.models import Equipment
from plant.queries import places
from traceability.models import Bucket, LotBalance, MaterialLot, PlaceKind
from traceability.queries import stock

MOST = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place, and why it is proposed."""

    place: Equipment
    why: Any


def proposals(lot: MaterialLot) -> list[Proposal]:
    """The best places for a lot, best first; a held one belongs into blocked stock."""
    near = [one.pk for one in places.within(lot.site)]
    rows = stock.stores().filter(pk__in=near)
    if lot.open_holds:
        return _named(rows.filter(storage__kind=PlaceKind.BLOCKED), _("Blocked stock, for the lot is held"))
    open_to = rows.filter(Q(storage__isnull=True) | Q(storage__kind=PlaceKind.STORE))
    mine = open_to.filter(storage__material=lot.material_id)
    shared = open_to.filter(Q(storage__isnull=True) | Q(storage__material__isnull=True))
    found = [
        *_named(mine, _("Kept for this material")), *_named(_with(shared, lot), _("The same material lies here")),
        *_named(_empty(shared), _("Free")),
    ]
    return found[:MOST]


def _named(rows: QuerySet[Equipment], why: Any) -> list[Proposal]:
    return [Proposal(one, why) for one in rows[:MOST]]


def _with(rows: QuerySet[Equipment], lot: MaterialLot) -> QuerySet[Equipment]:
    """Places where other lots of the same material lie."""
    lying = LotBalance.objects.filter(bucket=Bucket.STOCK, quantity__gt=0, lot__material=lot.material_id)
    return rows.filter(code__in=lying.exclude(lot=lot).values("place"))


def _empty(rows: QuerySet[Equipment]) -> QuerySet[Equipment]:
    """Places at the bottom of the tree in which nothing lies."""
    inner = Equipment.objects.filter(parent=OuterRef("pk"), stores_material=True, active=True)
    lying = LotBalance.objects.filter(bucket=Bucket.STOCK, place=OuterRef("code"), quantity__gt=0)
    return rows.filter(~Exists(inner), ~Exists(lying))
