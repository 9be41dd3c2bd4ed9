"""What a warehouse hears: a station lacks material, an amount was moved; through the outbox, once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from integrations.links import work
from integrations.models import Exchange
from mes.commands import shortages
from tests import factories as ground
from tests.factories import NOW, material
from tests.integrations.links import erp_stub, factories
from tests.mes import factories as mes
from traceability.commands import stock
from traceability.models import Bucket
from traceability.spots import Spot

pytestmark = pytest.mark.usefixtures("committed_db")


def test_a_call_for_material_reaches_the_erp_once():
    world = mes.world()
    with erp_stub.erp() as there:
        factories.connection(endpoint=there.url, settings=erp_stub.SETTINGS, sent_nouns=["shortages"])
        work.spread(clock=lambda: NOW)
        shortages.call(
            station=world.stations["MOUNT"], job_order=world.job, material=material("SCREW"), quantity=Decimal(40),
            note="The box is empty.", by=world.operator, at=NOW,
        )
        there.moods = [erp_stub.AFTER]  # it took the message, and nobody here knows
        for seconds in (0, 600, 1200):
            work.spread(clock=lambda: NOW)
            work.hand_over(clock=lambda late=seconds: NOW + timedelta(seconds=late))

    [sent] = there.booked.values()
    assert (sent["job_order"], sent["material"], sent["quantity"]) == (world.job.number, "SCREW", "40")
    assert (sent["station"], sent["reason"], sent["work_request"]) == ("MOUNT", "The box is empty.", "PO1")
    assert list(Exchange.objects.filter(direction="OUT").values_list("noun", "status")) == [("shortages", "DONE")]


def test_what_is_moved_here_reaches_the_warehouse_once():
    lot, bench = ground.received("L-1"), ground.station("MOUNT")
    with erp_stub.erp() as there:
        send = [{"noun": "stock-moves", "path": "bookings/{key}", "reference": "number"}]
        settings = {**erp_stub.SETTINGS, "send": send}
        factories.connection(endpoint=there.url, settings=settings, sent_nouns=["stock-moves"])
        work.spread(clock=lambda: NOW)
        stock.relocate(lot=lot, source=Spot(Bucket.STOCK, lot.balances.get(bucket="STOCK").place), to=bench,
                       quantity=Decimal(4), by=ground.person("W", "WAREHOUSE"), at=NOW)
        for _time in range(2):
            work.spread(clock=lambda: NOW)
            work.hand_over(clock=lambda: NOW)

    [sent] = there.booked.values()
    assert (sent["lot"], sent["to_bucket"], sent["to_place"], sent["quantity"]) == ("L-1", "ISSUED", "MOUNT", "4")
