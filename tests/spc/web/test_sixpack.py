"""A process on one page: six pictures on the screen, and a sheet of paper."""

from datetime import timedelta

import pytest
from django.urls import reverse

from plant.models import Role
from spc import drawing
from spc.queries import sixpack
from tests.qms.web.test_pages import signed_in
from tests.spc import factories
from tests.spc.factories import START, at, calm

pytestmark = pytest.mark.django_db
STRETCH = {"from": START.isoformat(), "to": (START + timedelta(minutes=5)).isoformat()}


@pytest.mark.parametrize("size", [1, 5])
def test_six_pictures_with_the_figures(size):
    fields = {"kind": "XBAR_R", "subgroup_size": size} if size > 1 else {}
    chart = factories.chart(**fields)
    factories.read(chart, [*calm(60), 250.0, 250.0, 250.0, 250.0, 250.0])
    page = sixpack.of(chart, at(0), at(90), drawing.SCREEN)
    assert len(page.pictures) == 6
    assert all(picture.startswith("<svg") and "nan" not in picture for _title, picture in page.pictures)
    assert page.readings == 65


def test_too_few_readings_say_so():
    chart = factories.chart()
    factories.store(chart, [240.0] * 20)
    assert sixpack.of(chart, at(0), at(90), drawing.SCREEN).pictures == []
    answer = signed_in(Role.VIEWER).get(reverse("spc:chart-sixpack", args=[chart.code]), STRETCH)
    assert (answer.status_code, b"Too few readings" in answer.content) == (200, True)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_it_prints(language):
    chart = factories.chart()
    factories.read(chart, calm(60))
    client = signed_in(Role.QUALITY_ENGINEER, language=language)
    answer = client.get(reverse("spc:chart-sixpack-pdf", args=[chart.code]), STRETCH)
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
