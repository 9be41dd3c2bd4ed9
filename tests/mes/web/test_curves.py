"""Curves of faulty lots over good ones begin where the operation began, whenever that was."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from mes.models import ParameterSpecification
from mes.queries import overlay
from qms.models import Characteristic
from tests.factories import NOW, person
from tests.mes.golden_world import kiln
from tests.spc import factories as charts
from traceability.models import Stream, Visit
from traceability.queries import curves
from traceability.web import curve_drawing

pytestmark = pytest.mark.django_db


def baked():
    """Two lots in the oven, one after the other; the second one too hot, with a reading that went wrong."""
    oven = kiln()
    for index, (start, values) in enumerate(((0, [240.0, 241.0, 242.0]), (100, [260.0, None, 262.0]))):
        lot = oven.arrive(index, start)
        oven.store(values, start)
        oven.depart(lot, start + 2)
    return oven.world.outputs[1], oven.world.outputs[0]


def test_each_stay_is_a_curve_from_its_own_begin_and_faulty_ones_lie_on_top():
    bad, good = baked()
    [one] = overlay.shared([bad.pk], [good.pk])

    found = overlay.curves(one, [bad], [good], now=timezone.now())

    assert (one.key, one.bad, one.good) == ("OVEN|ZONE3", 1, 1)
    assert [(curve.lot, curve.is_bad, curve.points) for curve in found] == [
        (good.number, False, [(0.0, 240.0), (1.0, 241.0), (2.0, 242.0)]),
        (bad.number, True, [(0.0, 260.0), (1.0, None), (2.0, 262.0)]),
    ]
    assert [(line.value, line.tone) for line in overlay.limits(found)] == [(230, "held"), (240, "done"), (250, "held")]


def lines(bad):
    """What the page of curves and the sheet on paper draw across: words and values."""
    [one] = overlay.shared([bad.pk], [])
    stay = Visit.objects.select_related("lot", "equipment").get(lot=bad, operation="OVEN")
    [curve] = curves.of_visit(stay, now=timezone.now())
    drawn = overlay.limits(overlay.curves(one, [bad], [], now=timezone.now()))
    assert drawn == curve.bounds
    picture = curve_drawing.svg(curve)
    with override("en"):
        assert all(str(bound.label) in picture for bound in drawn)
        return [(str(bound.label), bound.value) for bound in drawn]


def test_where_there_is_no_golden_window_the_specification_counts_and_then_the_chart():
    bad, _good = baked()
    assert lines(bad) == [("Low", 230), ("Target value", 240), ("High", 250)]

    ParameterSpecification.objects.all().delete()
    before = NOW - timedelta(days=1)
    charts.limit(charts.chart("ZONE3", stream=Stream.objects.get(), limited=False), 245, 2, at=before)
    wanted = Characteristic.objects.get(parameter__code="ZONE3")
    Characteristic.objects.filter(pk=wanted.pk).update(lower=200, target=None, upper=280)
    assert lines(bad) == [("LSL", 200), ("USL", 280)]

    Characteristic.objects.filter(pk=wanted.pk).update(lower=None, upper=None)
    assert lines(bad) == [("LCL", 239), ("Centre line", 245), ("UCL", 251)]


def test_faulty_ones_alone_are_compared_with_what_was_made_beside_them():
    bad, good = baked()
    client = Client()
    client.force_login(person("ME", "QUALITY_ENGINEER", language="en"))

    page = client.get(reverse("mes:curves"), {"bad": bad.number})

    assert page.context["is_beside"]
    assert good.number in page.context["form"].initial["good"].split()
    assert not client.get(reverse("mes:curves"), {"bad": bad.number, "good": ""}).context["is_beside"]


def test_a_value_that_bad_pieces_share_leads_to_its_curves():
    bad, good = baked()
    client = Client()
    client.force_login(person("ME", "QUALITY_ENGINEER", language="en"))

    page = client.get(reverse("traceability:common-cause"), {"bad": bad.number, "good": good.number})

    [asked] = [curves for _cause, _href, curves in page.context["rows"] if curves]
    drawn = client.get(reverse("mes:curves") + f"?{asked}")
    assert (drawn.context["chosen"].key, len(drawn.context["found"])) == ("OVEN|ZONE3", 2)


@pytest.mark.parametrize(("text", "found"), [
    ("A, B;B\nC  D", ["A", "B", "C", "D"]), ("", []), ("，甲 乙、丙", ["甲", "乙", "丙"]),
])
def test_numbers_are_taken_as_they_are_pasted(text, found):
    assert overlay.numbers(text) == found


@pytest.mark.parametrize(("language", "word"), [("en", "Not found"), ("zh-hans", "未找到")])
def test_the_page_draws_what_both_sides_share_and_names_what_is_unknown(language, word):
    bad, good = baked()
    client = Client()
    client.force_login(person("ME", "QUALITY_ENGINEER", language=language))
    asked = {"bad": f"{bad.number} NOSUCH", "good": good.number, "what": "OVEN|ZONE3"}

    page = client.get(reverse("mes:curves"), asked).content.decode()

    told = (word, "NOSUCH", 'data-chart="overlay"', '"tone": "failed"', '"y": 262.0')
    assert [text in page for text in told] == [True] * 5


def test_lots_that_a_person_does_not_see_are_not_drawn():
    bad, good = baked()
    elsewhere = person("AWAY", "SUPPLIER")

    assert overlay.lots_of([bad.number, good.number], elsewhere) == {}


def test_long_stays_are_thinned():
    oven = kiln()
    lot = oven.arrive(0, 0)
    oven.store([240.0] * 1500)
    oven.depart(lot, 1500)
    [one] = overlay.shared([lot.pk], [])

    [curve] = overlay.curves(one, [lot], [], now=timezone.now() + timedelta(days=1))

    assert overlay.POINTS <= len(curve.points) <= 2 * overlay.POINTS
