"""The control chart on a printed nonconformance: drawn for what a chart found, in the reader's language."""

import pytest
from django.utils import translation

from plant.web import sheets
from qms.models import Nonconformance
from qms.web import sheets as quality
from spc.queries import violation_pictures
from spc.web import shell
from tests.qms import factories as make
from tests.spc import factories

pytestmark = pytest.mark.django_db


def found_by_a_chart():
    make.reaction()
    chart = factories.chart(limited=False)
    factories.limit(chart, range_center=1.128, range_upper=3.686)
    factories.read(chart, [*factories.calm(60), 249.0])
    return Nonconformance.objects.get()


def test_both_charts_are_drawn_with_limits_zones_and_the_flagged_point():
    pictures = violation_pictures.of_nonconformance(found_by_a_chart())

    values, ranges = (drawing for _title, drawing in pictures)
    assert ("UCL 243" in values, "limits version 1" in pictures[0][0]) == (True, True)
    assert values.count('stroke-dasharray="2 3"') == 4
    assert values.count('r="3"') == 1
    assert "UCL" in ranges
    assert "nan" not in values + ranges


def test_the_sheet_carries_what_process_control_draws():
    case = found_by_a_chart()

    whole = sheets.complete(quality.nonconformance(case, case.owner), case, "https://plant/x")

    assert len(whole.pictures) == 2
    assert shell.illustrations.of(case.site) == []


def test_what_a_person_reported_has_no_chart():
    case = make.report(make.board("B9"))

    assert violation_pictures.of_nonconformance(case) == []


def test_names_on_the_sheet_are_in_the_readers_language():
    case = found_by_a_chart()
    case.characteristic.name_zh = "温区3"

    with translation.override("zh-hans"):
        facts = dict(quality.nonconformance(case, case.owner).facts)

    assert "温区3" in "".join(facts.values())
