"""Material that was brought to a station and not used up: back into a store, all of it or so much."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from mes.commands import setups
from mes.models import FeedPosition
from plant import policies
from plant.models import Equipment, Person
from plant.transactions import command
from traceability.commands import stock
from traceability.commands.stock import WrongPlace
from traceability.models import Bucket, MaterialLot, Move
from traceability.queries import stock as lying
from traceability.spots import Spot


@command
def bring_back(
    *, station: Equipment, lot: MaterialLot, store: Equipment, by: Person, at: datetime, quantity: Decimal | None = None
) -> Move:
    """Bring what a station has of a lot back into a store; the last of it also leaves the position that it fed."""
    policies.check(by, "lot.move", on=station)
    words = {"lot": lot.number, "station": station.code, "place": store.code}
    if not store.stores_material:
        message = _("%(place)s is no store. Choose a storage place from the list.")
        raise WrongPlace(message % words, facts={"field": "to"})
    if not lying.there(lot, Bucket.ISSUED, station.code):
        message = _("Nothing of lot %(lot)s lies at %(station)s. Scan what was brought to this station.")
        raise WrongPlace(message % words, facts={"lot": lot.number})
    source = Spot(Bucket.ISSUED, station.code)
    entry = stock.relocate(lot=lot, source=source, to=store, quantity=quantity, by=by, at=at)
    if not lying.there(lot, Bucket.ISSUED, station.code):
        fed = FeedPosition.objects.filter(station=station, mounts__lot=lot, mounts__taken_at__isnull=True)
        for position in fed.order_by("pk"):
            setups.take_off(position=position, by=by, at=at)
    return entry
