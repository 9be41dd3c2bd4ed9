"""What the demonstration planned: signed by another than its author, one action late, a plan to be signed."""

import pytest
from django.utils import timezone

from demo.seeds import ground, planning, process
from plant.models import Person
from qms.models import ApqpProject, ControlPlan, Fmea, FmeaAction
from qms.queries import apqp, fmeas, overdue, plan_risks, releases

pytestmark = pytest.mark.django_db


@pytest.fixture
def planned():
    now = timezone.now()
    ground.places(), ground.materials(), ground.people(now)
    process.parameters(), process.routings(now), process.control_plans(now)
    people = [Person.objects.get(number=number) for number in ("engineer", "manager")]
    planning.fill(*people, now)
    return now


def test_the_demonstration_plans_its_boards(planned):
    process_fmea, design = Fmea.objects.get(code="PF-CB"), Fmea.objects.get(code="DF-CB-200")
    plan = ControlPlan.objects.get(code="CP-CB-100", revision=2)
    project = ApqpProject.objects.get()

    assert (process_fmea.status, design.status, plan.status) == ("EFFECTIVE", "DRAFT", "REVIEW")
    assert fmeas.why_not_submit(design) == ""
    assert [(one.noun, one.verb) for one in releases.of(plan, planned) if one.verb == "ADDED"] == [
        ("CHECK", "ADDED"), ("REACTION", "ADDED")]
    assert {one.line.mode for one in plan_risks.unwatched(plan)}  # what nobody watches is told
    assert [one.status for one in project.phases.order_by("number")] == ["PASSED", "OPEN", "OPEN", "OPEN", "OPEN"]
    assert apqp.why_not_proved(project.phases.get(number=2).deliverables.get(proof="DV")) == ""
    assert [one.owner.number for one in overdue.fmea_actions(planned)] == ["engineer"]
    assert set(FmeaAction.objects.values_list("status", flat=True)) == {"OPEN", "DONE"}
