"""Deliveries that suppliers promised: in from purchasing, changed until their day, and counted by the scorecard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from plant.models import JournalEntry
from qms.models import DeliveryPromise, Figure
from qms.queries import scorecard
from tests import factories
from tests.integrations.erp.callers import PROBLEM, caller, code_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]
DAY = timedelta(days=1)


def asked(days, **more):
    due = (timezone.now() + days * DAY).isoformat()
    return {"supplier": "S-SUN", "material": "PCB", "quantity": "100", "due_at": due, **more}


@pytest.fixture(name="erp")
def erp_with_a_supplier():
    factories.supplier("S-SUN"), factories.material("PCB")
    return caller()


def test_a_line_is_promised_changed_until_its_day_and_then_stays(erp):
    words = asked(3)
    made, again = erp.put("delivery-promises/PO-7-10/", words), erp.put("delivery-promises/PO-7-10/", words)
    more = erp.put("delivery-promises/PO-7-10/", {**words, "quantity": "120"})
    assert (made.status_code, again.status_code, more.json()["quantity"]) == (201, 200, "120")
    assert JournalEntry.objects.filter(kind__startswith="deliverypromise.").count() == 2

    DeliveryPromise.objects.update(due_at=timezone.now() - DAY)
    over = erp.put("delivery-promises/PO-7-10/", {**words, "quantity": "120"})

    assert code_of(over) == (409, "promise-over", PROBLEM)
    assert erp.get("delivery-promises/?supplier=S-SUN").json()["results"] == [
        erp.get("delivery-promises/PO-7-10/").json()]


def test_what_came_in_time_counts_in_the_score(erp):
    now = timezone.now()
    supplier = factories.supplier("S-SUN")
    factories.received("R-1", 60, supplier=supplier, at=now - 5 * DAY)
    for number, days, quantity in (("A", -2, "60"), ("B", -1, "60")):
        assert erp.put(f"delivery-promises/{number}/", asked(days, quantity=quantity)).status_code == 201

    first = (timezone.localtime(now) - 3 * DAY).date().replace(day=1)
    tally = scorecard.whole(scorecard.tallies([supplier.pk], first, timezone.localtime(now).date(), at=now), supplier)

    assert (tally.promises, tally.kept, tally.figure(Figure.DELIVERY)) == (2, 1, 50.0)


def test_many_come_in_at_once_and_a_bad_one_stands_in_nobodys_way(erp):
    sent = asked(3, number="PO-1"), asked(3, number="PO-2", supplier="NOBODY"), asked(3, number="PO-3")

    told = erp.post("delivery-promises/batch/", {"rows": [{"data": words} for words in sent]}).json()

    assert DeliveryPromise.objects.count() == 2, told


@pytest.mark.parametrize("more", [{"quantity": "0"}, {"supplier": "NOBODY"}, {"material": "NONE"}, {"due_at": "soon"}])
def test_what_can_not_be_read_is_told_field_by_field(erp, more):
    refused = erp.put("delivery-promises/PO-9/", asked(3, **more))
    assert (refused.status_code, list(refused.json()["errors"])) == (400, list(more))


def test_writing_takes_its_scope(erp):
    assert caller("deliveries:read", name="only").put("delivery-promises/PO-9/", asked(3)).status_code == 403
