"""An adjusted recipe is judged by what was made with it: reason, changed targets, good and bad pieces by revision."""

import pytest

from mes.models import ParameterSpecification, Segment, WorkMaster
from mes.queries import effects
from plant.models import Parameter, Unit
from tests.mes import factories

pytestmark = pytest.mark.django_db


def heated(master, target):
    unit = Unit.objects.get_or_create(code="CEL", defaults={"name": "degree", "symbol": "°C"})[0]
    heat = Parameter.objects.get_or_create(code="HEAT", defaults={"name": "Heat", "unit": unit})[0]
    segment = Segment.objects.get_or_create(work_master=master, code="OVEN", defaults={"sequence": 20, "name": "Oven"})
    ParameterSpecification.objects.create(segment=segment[0], parameter=heat, target=target)


def test_each_revision_with_its_pieces_and_what_it_changed():
    world = factories.world()
    world.ready()
    first = WorkMaster.objects.get(code="BOARD")
    second = WorkMaster.objects.create(
        code="BOARD", revision=2, material=first.material, name="Board", lot_size=5, status="DRAFT",
    )
    heated(first, 240), heated(second, 245)
    world.scan(world.outputs[0].number), world.scan(world.outputs[0].number)

    newest, oldest = effects.of_routing(second)

    assert (newest.master.revision, newest.changes) == (2, [("OVEN", "HEAT", 240, 245)])
    assert (newest.percent_good, oldest.good, oldest.bad, oldest.percent_good) == (None, 5, 0, 100)


def test_a_revision_is_judged_against_the_last_by_which_anything_was_made():
    first = effects.Effect(None, None, "", [], 900, 100, 0)
    third = effects.Effect(None, None, "", [], 990, 10, 0, first)

    assert (first.verdict, third.verdict, str(third.told)) == (None, "BETTER", "Better than before")
    assert effects.Effect(None, None, "", [], 0, 0, 0, first).verdict is None


def test_a_draft_between_them_is_passed_over():
    world = factories.world()
    world.ready()
    first = WorkMaster.objects.get(code="BOARD")
    for revision in (2, 3):
        WorkMaster.objects.create(
            code="BOARD", revision=revision, material=first.material, name="Board", lot_size=5, status="DRAFT"
        )
    world.scan(world.outputs[0].number), world.scan(world.outputs[0].number)

    newest, middle, oldest = effects.of_routing(first)

    assert [one.before and one.before.master.revision for one in (newest, middle, oldest)] == [1, 1, None]
