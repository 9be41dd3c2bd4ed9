"""What a warehouse system and the plant tell each other: places that store material, and what is moved between them."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from integrations.erp import store_words as own
from integrations.nouns.floor import by_id
from integrations.nouns.noun import Noun, Words, each
from plant.models import Equipment, Person
from traceability.commands import stock, storage_places
from traceability.commands.stock import WrongPlace
from traceability.models import Bucket, LotBalance, MaterialLot, Move
from traceability.queries import lots
from traceability.queries.stock import HERE
from traceability.spots import Spot


def take_place(fields: Words, by: Person, at: datetime) -> tuple[Equipment, bool]:
    """A store or a bin as the other system has it."""
    return storage_places.put(by=by, **fields)


def take_move(fields: Words, by: Person, at: datetime) -> tuple[Move, bool]:
    """Bring an amount of a lot somewhere, by the rules that hold for people too."""
    lot = lots.by_number(fields.pop("lot"))
    source, to = source_of(lot, fields.pop("from_place")), fields.pop("to_place")
    return stock.relocate(lot=lot, source=source, to=to, by=by, at=at, **fields), True


def source_of(lot: MaterialLot, place: str) -> Spot:
    """Where it is taken from; it need not be said while the lot lies at one place only."""
    rows = LotBalance.objects.filter(lot=lot, bucket__in=HERE, quantity__gt=0)
    found = list((rows.filter(place=place) if place else rows).order_by("place"))
    if len(found) > 1:
        message = _("Lot %(lot)s lies at several places: %(places)s. Say in “from_place” which is meant.")
        words = {"lot": lot.number, "places": ", ".join(row.place or "—" for row in found)}
        raise WrongPlace(message % words, facts={"field": "from_place"})
    return Spot(Bucket(found[0].bucket), found[0].place) if found else Spot(Bucket.STOCK, place)


PLACES = Noun(
    code="storage-places", name=_("Storage place"), key="code", model=Equipment, reads="master:read",
    writes="master:write", takes=own.StoragePlaceIn, take=take_place,
    every=lambda: Equipment.objects.filter(stores_material=True).select_related("parent", "storage__material"),
    tell=each(own.place), answer=own.StoragePlace, sent=own.PLACE_IN, example=own.PLACE,
    filters={"parent": "parent__code", "kind": "storage__kind", "material": "storage__material__code",
             "active": "active"},
    orders={"code": "code", "name": "name"},
)
MOVES = Noun(
    code="stock-moves", name=_("Movement of stock"), key="id", model=Move, reads="lots:read", writes="lots:write",
    takes=own.StockMoveIn, take=take_move, once=True, by_key=by_id, key_of_row=lambda row: str(row.pk),
    every=lambda: Move.objects.select_related("lot__material", "person"), tell=each(own.move), answer=own.StockMove,
    sent=own.MOVE_IN, example=own.MOVE,
    filters={
        "lot": "lot__number", "material": "lot__material__code", "from_place": "from_place", "to_place": "to_place",
        "from_bucket": "from_bucket", "to_bucket": "to_bucket", "job_order": "job_order", "at_from": "at__gte",
        "at_before": "at__lt",
    },
)
NOUNS = (PLACES, MOVES)
