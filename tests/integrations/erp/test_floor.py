"""Andon calls, work on machines and tools, as other systems see them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mes.commands import tools
from mes.models import Andon, MaintenanceOrder, MaintenancePlan, MaintenanceStep, Tool
from plant.models import Equipment, JournalEntry, Person, ReasonCode
from tests import factories as ground
from tests.integrations.erp.callers import PROBLEM, caller, code_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]
SETTLED = {"cause": "Belt torn", "action_taken": "New belt"}
FINISHED = {"findings": "Belt worn", "hours": "1.5"}


@pytest.fixture(name="cmms")
def maintenance_system():
    ground.station("MOUNT"), ground.station("PRINT")
    return caller(name="cmms")


def called(cmms, **more):
    return cmms.post("andon-calls/", {"station": "MOUNT", "kind": "MACHINE", **more}, key=str(more))


def cause():
    return ReasonCode.objects.filter(use="CAUSE").first() or ReasonCode.objects.create(use="CAUSE", code="W", name="W")


def planned(**steps):
    plan = MaintenancePlan.objects.create(
        code="LUB", name="Lubricate", equipment=Equipment.objects.get(code="MOUNT"), every_days=30
    )
    for position, required in enumerate((True, False), 1):
        MaintenanceStep.objects.create(plan=plan, position=position, text=f"Step {position}", required=required)
    return plan


def test_a_call_is_made_answered_and_settled(cmms):
    first, again = called(cmms), called(cmms)
    assert (first.status_code, again.json()) == (201, first.json())
    pk = first.json()["id"]

    early = cmms.post(f"andon-calls/{pk}/settle/", {**SETTLED, "kind_of_cause": cause().code})
    there = cmms.post(f"andon-calls/{pk}/acknowledge/", {}).json()
    told = cmms.post(f"andon-calls/{pk}/settle/", {**SETTLED, "kind_of_cause": cause().code}).json()

    assert (early.status_code, early["Content-Type"]) == (409, PROBLEM)
    assert (there["status"], there["acknowledged_by"]) == ("ACKNOWLEDGED", "api:cmms")
    assert (told["status"], told["cause"], told["kind_of_cause"]) == ("CLOSED", "Belt torn", cause().code)
    assert JournalEntry.objects.filter(kind="andon.called").count() == Andon.objects.count() == 1


def test_calls_are_listed_open_ones_apart_page_by_page(cmms):
    one, two = called(cmms).json(), called(cmms, station="PRINT").json()
    cmms.post(f"andon-calls/{one['id']}/acknowledge/", {})
    cmms.post(f"andon-calls/{one['id']}/settle/", {**SETTLED, "kind_of_cause": cause().code})

    first = cmms.get("andon-calls/?limit=1").json()
    rest = cmms.get(f"andon-calls/?limit=1&after={first['next']}").json()
    assert [[row["id"] for row in page["results"]] for page in (first, rest)] == [[two["id"]], [one["id"]]]
    assert rest["next"] is None
    assert [row["id"] for row in cmms.get("andon-calls/?open=true").json()["results"]] == [two["id"]]
    assert [row["id"] for row in cmms.get("andon-calls/?station=MOUNT").json()["results"]] == [one["id"]]
    assert code_of(cmms.get("andon-calls/?open=perhaps")) == (400, "bad-filter", PROBLEM)
    assert code_of(cmms.get("andon-calls/999999/")) == (404, "not-found", PROBLEM)


def test_work_on_a_machine_is_opened_begun_and_finished(cmms):
    made = cmms.post("maintenance-orders/", {"equipment": "MOUNT", "title": "Belt"}).json()
    at = f"maintenance-orders/{made['number']}/"
    assert code_of(cmms.post(f"{at}finish/", FINISHED))[0] == 409
    assert cmms.post(f"{at}start/", {}).json()["status"] == "STARTED"
    assert cmms.post(f"{at}finish/", {**FINISHED, "hours": "-1"}).json()["errors"].keys() == {"hours"}

    told = cmms.post(f"{at}finish/", FINISHED).json()

    assert (told["status"], told["hours"], told["done_by"]) == ("DONE", "1.5", "api:cmms")
    assert told == cmms.get(at).json()
    assert cmms.get("maintenance-orders/?open=true").json()["results"] == []
    assert [row["number"] for row in cmms.get("maintenance-orders/?equipment=MOUNT").json()["results"]] == [
        made["number"]
    ]


def test_the_checklist_of_a_plan_is_ticked_off_with_the_finish(cmms):
    at = timezone.now()
    order = MaintenanceOrder.objects.create(
        number="MO-1", equipment=Equipment.objects.get(code="MOUNT"), kind="PLANNED", plan=planned(), title="Lubricate",
        opened_by=ground.person("MT", "MAINTENANCE"), opened_at=at - timedelta(hours=1),
    )
    cmms.post("maintenance-orders/MO-1/start/", {})

    def finish(*steps):
        return cmms.post("maintenance-orders/MO-1/finish/", {**FINISHED, "steps": list(steps)})

    assert finish().status_code == 409  # the first must be done
    assert code_of(finish({"step": 1}, {"step": 9}))[:2] == (409, "unknown-step")
    assert not order.ticks.exists()
    told = finish({"step": 1}, {"step": 2, "done": False, "remark": "No grease"}).json()
    assert [(row["step"], row["done"], row["remark"]) for row in told["steps"]] == [
        (1, True, ""), (2, False, "No grease")
    ]


def test_plans_say_how_much_of_them_is_used_up_within_the_callers_reach(cmms):
    plan = planned()
    plan.dues.create(equipment=plan.equipment, used=1.2, by="DAYS", judged_at=timezone.now())
    [told] = cmms.get("maintenance-dues/?plan=LUB&overdue=true").json()["results"]
    assert (told["equipment"], told["used_percent"], told["overdue"]) == ("MOUNT", 120, True)
    assert cmms.get("maintenance-dues/?overdue=false").json()["results"] == []
    assert cmms.get("maintenance-plans/LUB/").json()["every_days"] == 30

    elsewhere = Equipment.objects.create(code="FAR", name="Far", level="SITE")
    stranger = caller(name="far")
    Person.objects.filter(pk=stranger.key.person_id).update(site=elsewhere)
    assert stranger.get("maintenance-dues/").json()["results"] == []


def test_tools_tell_their_lives_and_where_they_are_mounted(cmms):
    made, mechanic = Tool.objects.create(code="MOULD", name="Mould", life=100), ground.person("MT", "MAINTENANCE")
    Tool.objects.filter(pk=made.pk).update(used=80)
    tools.renew(tool=made, reason="Reground", by=mechanic, at=timezone.now())
    tools.mount(tool=made, station=Equipment.objects.get(code="MOUNT"), by=mechanic, at=timezone.now())

    told, past = cmms.get("tools/MOULD/").json(), cmms.get("tools/MOULD/history/").json()

    assert (told["mounted_at"], told["used"], told["life"]) == ("MOUNT", "0", 100)
    assert [(row["used"], row["reason"], row["by"]) for row in past["lives"]] == [("80", "Reground", "MT")]
    assert [row["station"] for row in past["mountings"]] == ["MOUNT"]
    assert [row["code"] for row in cmms.get("tools/?station=MOUNT").json()["results"]] == ["MOULD"]
    assert cmms.get("tools/?station=PRINT").json()["results"] == []
    assert code_of(cmms.get("tools/NONE/")) == (404, "not-found", PROBLEM)


def test_what_happened_there_is_taken_once_under_their_id_and_stands_in_the_feed(cmms):
    def send(title="Belt", number="77"):
        rows = [{"external_id": number, "data": {"equipment": "MOUNT", "title": title}}]
        [row] = cmms.post("maintenance-orders/batch/", {"source": "cmms", "rows": rows}).json()["rows"]
        return row["status"], row["code"], row["key"]

    (first, _code, number), again, other = send(), send(), send(title="Gear")

    assert (first, again, other[:2]) == ("created", ("unchanged", "", number), ("refused", "taken-before"))
    assert send(number="78")[0] == "created"  # another work order of the same machine
    assert MaintenanceOrder.objects.count() == 2
    found = cmms.get("maintenance-orders/?source=cmms&external_id=77&fields=number,title").json()["results"]
    assert found == [{"number": number, "title": "Belt"}]
