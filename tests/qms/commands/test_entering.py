"""Results typed as a table: values and counted pieces together, all or nothing, the same once more changing nothing."""

import pytest

from plant.models import Role
from plant.policies import Forbidden
from qms.commands import entering
from qms.commands.inspections import ResultRefused
from qms.models import InspectionCount, InspectionResult
from tests.factories import NOW, person
from tests.qms.commands import test_counting as eyes
from tests.qms.commands.test_gauges import demanded, gauge
from tests.qms.commands.test_inspections import inspector, task

pytestmark = pytest.mark.django_db


def enter(one, values, by=None, **more):
    said = {"gauges": {}, "by": by or inspector(), "at": NOW, **more}
    return entering.enter(inspection=one, values=values, **said)


def cells(one, *texts):
    return {f"{one.items.get().pk}_{sample}": text for sample, text in enumerate(texts, 1)}


def values():
    return list(InspectionResult.objects.order_by("sample", "pk").values_list("sample", "value", "passed"))


def test_a_table_is_written_and_once_more_changes_nothing():
    one = task()

    assert enter(one, cells(one, "240,5", " 250 ")).recorded == 2
    assert enter(one, cells(one, "240.5", "250")).known == 2
    assert values() == [(1, 240.5, True), (2, 250.0, False)]


@pytest.mark.parametrize("texts", [("240", "wide"), ("240", "nan"), ("240", "1", "1"), ()])
def test_one_bad_cell_and_nothing_is_written(texts):
    one = task()

    with pytest.raises(Exception, match=r"number|row 3|No value"):
        enter(one, cells(one, *texts))

    assert values() == []


@pytest.mark.parametrize("name", ["9999_1", "c1_looked", "1", "x_1"])
def test_what_is_not_asked_for_is_refused(name):
    with pytest.raises(ResultRefused):
        enter(task(), {name: "1"})


def test_a_correction_says_why():
    one = task()
    enter(one, cells(one, "240"))

    with pytest.raises(ResultRefused, match="Say why"):
        enter(one, cells(one, "241"))
    enter(one, cells(one, "241"), reason="Misread")

    assert values() == [(1, 240.0, True), (1, 241.0, True)]


def test_the_gauge_of_a_type_counts_for_all_its_values():
    one, mine = demanded(), gauge()
    kind = str(one.items.get().gauge_type_id)

    enter(one, cells(one, "240"), gauges={kind: mine.code})

    assert InspectionResult.objects.get().gauge == mine


def test_pieces_judged_by_eye_come_with_their_defects():
    one, scratch = eyes.task(), eyes.defect()
    key = f"c{one.items.get().pk}"

    enter(one, {f"{key}_inspected": "5", f"{key}_found": "1", f"{key}_d{scratch.pk}": "1"})

    row = InspectionCount.objects.get()
    assert (row.inspected, row.found, row.defects.get().reason) == (5, 1, scratch)


def test_operators_enter_nothing():
    with pytest.raises(Forbidden):
        enter(task(), {"1_1": "1"}, by=person("OP9", Role.OPERATOR))
