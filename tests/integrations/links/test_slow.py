"""What other systems may cost: a slow one waits alone, and a long record book is read in few statements."""

import threading

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from integrations.links import work
from integrations.links.commands import outbox
from integrations.links.outgoing import News
from plant.commands import journal
from tests.factories import NOW
from tests.integrations.links import erp_stub, factories
from tests.mes import factories as mes

pytestmark = pytest.mark.usefixtures("committed_db")


def clock():
    return NOW


def post(link, *keys):
    for key in keys:
        outbox.tell(connection=link, news=News("shortages", key, f"s{key}", {"job_order": key}), entry=None, at=NOW)


def hand_over():
    try:
        work.hand_over(clock=clock)
    finally:
        database.close()


def test_a_side_that_is_slow_keeps_one_thread_and_no_other_waiting():
    with erp_stub.erp() as slow, erp_stub.erp() as quick:
        behind = factories.connection("SLOW", endpoint=slow.url, settings=erp_stub.SETTINGS, sent_nouns=["shortages"])
        beside = factories.connection("QUICK", endpoint=quick.url, settings=erp_stub.SETTINGS, sent_nouns=["shortages"])
        slow.moods = [erp_stub.LAG]
        post(behind, "JO1")
        first = threading.Thread(target=hand_over)
        first.start()
        assert slow.lagging.wait(erp_stub.PATIENCE)
        post(behind, "JO2")
        post(beside, "JO3")
        work.hand_over(clock=clock)
        assert (len(slow.asked), len(quick.booked)) == (1, 1)
        slow.go_on.set()
        first.join()
        work.hand_over(clock=clock)
        assert len(slow.booked) == 2


def test_news_that_a_connection_does_not_send_costs_it_nothing():
    link = factories.connection(sent_nouns=["shortages"])
    job = mes.released()
    work.spread(clock=clock)

    def cost(count):
        for _n in range(count):
            journal.record("hold.placed", subject=job, by=factories.integrator(), data={"hold": 1})
        with CaptureQueriesContext(database) as asked:
            outbox.spread(connection=link, by=link.acts_as, at=NOW)
        return len(asked)

    few = cost(2)
    assert cost(60) <= few
