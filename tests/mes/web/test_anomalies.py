"""One queue of data to put right: every room tells what it knows, what is late comes first, nobody sees elsewhere."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plant.models import Role
from qms.models import RecallLetter
from tests.factories import person, station
from tests.integrations.notify.test_recall_mail import written
from tests.mes import packed, recalled
from tests.qms.factories import characteristic
from traceability import anomalies
from traceability.models import Stream

pytestmark = pytest.mark.django_db


def stream(code, ago):
    fields = {"parameter": characteristic("ZONE3").parameter, "equipment": station()}
    return Stream.objects.create(code=code, last_at=timezone.now() - ago, **fields)


def titles(reader, key):
    return [row.one.title for row in anomalies.queue(reader, timezone.now()) if row.sort.key == key]


def test_an_instrument_is_silent_after_many_of_its_periods():
    reader = person("QE", Role.QUALITY_ENGINEER)
    stream("SILENT", timedelta(hours=1))
    stream("SPEAKS", timedelta(minutes=1))
    slow = stream("SLOW", timedelta(hours=1))
    Stream.objects.filter(pk=slow.pk).update(period_ms=600_000)
    Stream.objects.filter(pk=stream("OFF", timedelta(hours=1)).pk).update(active=False)

    assert titles(reader, "silent") == ["SILENT"]


def test_a_letter_that_nobody_got_waits_until_it_is_sent():
    recalled.world()
    letter = written()
    reader = recalled.engineer()
    assert titles(reader, "recall-letter") == []
    RecallLetter.objects.filter(pk=letter.pk).update(status="DEAD")
    assert titles(reader, "recall-letter") == [f"{letter.recall.number} {packed.customer()}"]


def test_the_page_shows_what_is_late_first_and_leads_to_where_it_is_put_right(client):
    reader = person("QE", Role.QUALITY_ENGINEER)
    stream("FRESH", timedelta(minutes=30))
    stream("OLD", timedelta(days=2))
    client.force_login(reader)

    page = client.get(reverse("traceability:anomaly-list"))

    rows = [(row.one.title, row.is_late) for row in page.context["rows"] if row.sort.key == "silent"]
    assert rows == [("OLD", True), ("FRESH", False)]
    assert reverse("traceability:equipment-history", args=[station().code]) in page.content.decode()
    only = client.get(reverse("traceability:anomaly-list"), {"kind": "change"})
    assert (only.context["rows"], only.context["all"]) == ([], page.context["all"])


def test_a_customer_is_shown_nothing(client):
    client.force_login(person("C", Role.CUSTOMER))
    assert client.get(reverse("traceability:anomaly-list")).status_code in (302, 403)
