"""What a chart shows as a file, and what people pin to its moments."""

import csv
import io

import pytest
from django.urls import reverse

from plant.models import Role
from spc.models import Annotation
from tests.qms.web.test_pages import signed_in
from tests.spc import factories
from tests.spc.factories import at, calm

pytestmark = pytest.mark.django_db
STRETCH = {"from": at(0).isoformat(), "to": at(60).isoformat()}


def lines(chart, kind="csv"):
    address = reverse(f"spc:chart-{kind}", args=[chart.code])
    answer = signed_in(Role.QUALITY_ENGINEER).get(address, STRETCH)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_a_file_has_every_point_with_its_limits_and_rules():
    chart = factories.chart()
    factories.read(chart, [*calm(20), 250.0])
    head, *rows = csv.reader(io.StringIO(lines(chart).decode("utf-8-sig")))
    assert (head[1], len(rows)) == ("Sequence", 21)
    assert rows[-1][1:8] == ["20", "250.0", "11.0", "1", "237.0", "240.0", "243.0"]
    assert (rows[0][9], rows[-1][9]) == ("", "beyond 3 sigma")


def test_a_file_may_be_a_workbook():
    chart = factories.chart()
    factories.read(chart, calm(20))
    assert lines(chart, "xlsx")[:2] == b"PK"


def test_a_comment_is_pinned_to_a_moment_and_marks_it():
    chart, client = factories.chart(), signed_in(Role.QUALITY_ENGINEER)
    factories.read(chart, calm(20))
    said = {"moment": at(7).isoformat(), "text": "New nozzle"}
    assert client.post(reverse("spc:chart-annotate", args=[chart.code]), said).status_code == 302
    assert Annotation.objects.get().at == at(7)
    found = client.get(reverse("spc:chart-data", args=[chart.code]), STRETCH).json()
    assert [(mark["kind"], mark["title"]) for mark in found["marks"] if mark["kind"] == "comment"] == [
        ("comment", "New nozzle")
    ]


def test_an_empty_comment_opens_the_dialog_again():
    chart, client = factories.chart(), signed_in(Role.QUALITY_ENGINEER)
    answer = client.post(reverse("spc:chart-annotate", args=[chart.code]), {"moment": at(7).isoformat(), "text": ""})
    assert (answer.status_code, Annotation.objects.count()) == (422, 0)
