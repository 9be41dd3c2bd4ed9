"""A station that lacks material: the call of its operator is with the ERP, through the outbox, once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from integrations.links import work
from integrations.models import Exchange
from mes.commands import shortages
from tests.factories import NOW, material
from tests.integrations.links import erp_stub, factories
from tests.mes import factories as mes

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
