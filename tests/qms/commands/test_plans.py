"""Control plans: one effective revision, by signature."""

from datetime import timedelta

import pytest

from plant.commands import signatures
from plant.policies import Forbidden
from qms.commands import plans
from qms.models import ControlPlan, ControlPlanLine
from qms.queries import plans as reading
from tests.factories import NOW, person
from tests.qms import factories as make

pytestmark = pytest.mark.django_db


def draft():
    former = make.plan_line().plan
    plan = ControlPlan.objects.create(code="CP", revision=2, material=former.material, name="Board")
    ControlPlanLine.objects.create(plan=plan, operation="REFLOW", characteristic=make.characteristic(), method="SPC")
    return plan


def approve(plan, by, at=NOW + timedelta(hours=1)):
    seen = signatures.content_hash(reading.seen(plan))
    return plans.approve(plan=plan, reason="Reviewed", password=make.PASSWORD, seen_hash=seen, by=by, at=at)


def test_approve_ends_the_former_revision():
    plan = approve(draft(), person("QM", "QUALITY_MANAGER"))

    former = ControlPlan.objects.get(revision=1)
    assert (plan.status, former.status) == ("EFFECTIVE", "OBSOLETE")
    asked = {"material": plan.material, "operation": "REFLOW", "method": "SPC"}
    assert [line.plan.revision for line in reading.lines_for(**asked, at=NOW)] == []
    assert [line.plan.revision for line in reading.lines_for(**asked, at=NOW + timedelta(hours=2))] == [2]


def test_approve_is_not_for_an_inspector():
    with pytest.raises(Forbidden):
        approve(draft(), person("QC", "INSPECTOR"))
