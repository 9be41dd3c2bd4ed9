"""The pages of gauges and impact reviews, the choice of a gauge in an inspection, the label, the inbox."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plant.commands import signatures
from plant.models import Role
from qms.models import Calibration, Gauge, GaugeLoan, ImpactReview, InspectionResult
from qms.queries import impacts
from qms.web import gauge_shell
from tests import factories
from tests.qms import factories as make
from tests.qms.commands.test_gauges import DAY, calibrate, demanded, gauge
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(name="mine")
def registered():
    now = timezone.now()
    return gauge(done=now - 30 * DAY, until=now + 60 * DAY)


def act(client, verb, **words):
    return client.post(reverse(f"qms:gauge-{verb}", args=["CAL-1"]), words)


def test_a_calibration_with_its_points_is_recorded_from_a_pasted_table(mine):
    today = timezone.localdate()
    said = {"result": "PASSED", "certificate": "C-9", "laboratory": "Lab", "done_on": today,
            "next_due_on": today + timedelta(days=90), "points": "10\t10,01\t0.05\n20 20.02 0.05"}

    answer = act(signed_in(Role.INSPECTOR), "calibrate", **said)

    made = Calibration.objects.latest("at")
    assert (answer.status_code, [one.found for one in made.points.all()]) == (302, [10.01, 20.02])


def test_a_line_that_is_no_point_comes_again_at_its_field(mine):
    said = {"result": "PASSED", "certificate": "C", "laboratory": "L", "done_on": timezone.localdate(), "points": "ten"}
    answer = act(signed_in(Role.INSPECTOR), "calibrate", **said)
    assert (answer.status_code, "Line 1" in answer.content.decode()) == (422, True)


def test_lent_taken_back_held_and_let_go_from_its_page(mine):
    client, who = signed_in(Role.QUALITY_ENGINEER), factories.person("OP9", Role.OPERATOR)
    act(client, "lend", person=who.number)
    assert who.name in client.get(reverse("qms:gauge-detail", args=["CAL-1"])).content.decode()
    act(client, "take-back")
    act(client, "hold", reason="Fell")
    assert (GaugeLoan.objects.get().returned_by is not None, Gauge.objects.get().status) == (True, "ON_HOLD")
    assert "is on hold" in client.get(reverse("qms:gauge-detail", args=["CAL-1"])).content.decode()
    act(client, "release", reason="Checked")
    assert Gauge.objects.get().status == "IN_USE"
    assert "CAL-1" in client.get(reverse("qms:gauge-list")).content.decode()


def test_an_inspection_asks_for_the_gauge_offers_it_and_takes_its_scanned_label(mine):
    one, client = demanded(), signed_in(Role.INSPECTOR)
    page = reverse("qms:inspection-detail", args=[one.number])
    assert 'value="CAL-1"' in client.get(page).content.decode()
    words = {"item": one.items.get().pk, "value-1": "240"}
    refused = client.post(reverse("qms:inspection-record", args=[one.number]), words)
    assert (refused.status_code, "Scan the gauge that you use" in refused.content.decode()) == (409, True)

    label = "http://plant.example/quality/gauges/CAL-1/"
    client.post(reverse("qms:inspection-record", args=[one.number]), {**words, "gauge": label})

    assert InspectionResult.objects.get().gauge == mine


def test_a_review_is_decided_and_closed_on_its_page_and_waits_in_the_inbox(mine):
    now = timezone.now()
    one, client = demanded(), signed_in(Role.QUALITY_MANAGER)
    words = {"item": one.items.get().pk, "value-1": "240", "gauge": "CAL-1"}
    signed_in(Role.INSPECTOR).post(reverse("qms:inspection-record", args=[one.number]), words)
    calibrate(mine, now, at=now, by=make.engineer("QE7"))
    review = ImpactReview.objects.get()
    page = reverse("qms:impact-detail", args=[review.number])
    assert [item.url for item in gauge_shell.waiting(factories.person("QE8", Role.QUALITY_ENGINEER))] == [page]
    assert one.number in client.get(page).content.decode()

    client.post(reverse("qms:impact-decide", args=[review.number]),
                {"items": review.items.get().pk, "decision": "ACCEPT", "reason": "Centred"})
    review.refresh_from_db()
    seen = signatures.content_hash(impacts.seen(review))
    said = {"reason": "Done", "password": factories.PASSWORD, "seen_hash": seen}
    client.post(reverse("qms:impact-close", args=[review.number]), said)

    review.refresh_from_db()
    assert review.status == "CLOSED"
    assert review.number in client.get(reverse("qms:impact-list") + "?status=CLOSED").content.decode()


def test_the_label_of_a_gauge_says_until_when_and_leads_to_its_page(mine):
    page = signed_in(Role.INSPECTOR).get(reverse("traceability:label-page", args=["gauge", "CAL-1"]))
    assert (page.status_code, "Calibrated through" in page.content.decode()) == (200, True)


def test_a_gauge_is_found_by_its_code(mine):
    assert [hit.url for hit in gauge_shell.find("cal-1", factories.person("V", Role.VIEWER))] == [
        reverse("qms:gauge-detail", args=["CAL-1"])
    ]
