"""A machine breaks down: one tap calls, work goes elsewhere, a mechanic mends it and signs, and the times are told."""

import re

import pytest
from playwright.sync_api import expect

from demo.data.ground import PASSWORD
from tests.journeys.visitor import TABLET

MACHINE, LINE = "L2-REFLOW", "LINE-2 Board line 2 控制板二线"
ORDER = """
from datetime import timedelta
from decimal import Decimal
from django.utils import timezone
from demo.seeds.process import site
from mes.commands import job_orders, maintenance, work_requests
from mes.models import MaintenancePlan
from plant.models import Equipment, MaterialDefinition, Person
from plant.queries.persons import system
by, at = Person.objects.get(number="planner"), timezone.now()
order = work_requests.receive(
    number=f"DOWN-{at:%H%M%S}", material=MaterialDefinition.objects.get(code="CB-100"), quantity=Decimal(20),
    due_at=at + timedelta(days=9), site=site(), by=by, at=at)
job = work_requests.release(work_request=order, by=by, at=at).job_orders.get()
job_orders.release(job_order=job, by=by, at=at, despite_shortage="It comes tomorrow.")
plan, oven = MaintenancePlan.objects.get(code="OVEN-MONTH"), Equipment.objects.get(code="L2-REFLOW")
service = maintenance.open_order(equipment=oven, plan=plan, title=plan.name, by=system("mes"), at=at)
print(job.number, service.number, plan.steps.count())
"""


@pytest.fixture(scope="module")
def known(plant):
    """A work order that waits for a line, the service that is due at the machine, and its steps."""
    said = plant.manage("shell", "-v", "0", "-c", ORDER)
    assert said.returncode == 0, said.stderr[-2000:]
    return said.stdout.strip().splitlines()[-1].split()


@pytest.fixture
def mechanic(visit):
    return visit("maintenance")


def dispatch(visitor, job):
    """Send the work order to the line, in its dialog."""
    visitor.go(f"/production/jobs/{job}/")
    visitor.page.get_by_role("button", name="Dispatch", exact=True).first.click()
    dialog = visitor.page.locator("dialog[open]")
    dialog.locator("[name=line]").select_option(label=LINE)
    dialog.get_by_role("button", name="Dispatch").click()


def in_dialog(visitor, button, submit, **fields):
    """Open a dialog by its button, fill it and send it."""
    visitor.page.get_by_role("button", name=button, exact=True).first.click()
    dialog = visitor.page.locator("dialog[open]")
    for name, value in fields.items():
        box = dialog.locator(f"[name={name}]")
        box.select_option(value) if box.evaluate("one => one.tagName") == "SELECT" else box.fill(value)
    visitor.check()
    dialog.get_by_role("button", name=submit, exact=True).click()
    expect(visitor.page.locator("dialog[open]")).to_have_count(0)


def test_one_tap_calls_and_whoever_comes_says_so(visit, plant):
    tablet = visit(size=TABLET)
    tablet.sign_on(MACHINE, "operator2")
    tablet.page.get_by_role("button", name="Machine", exact=True).click()
    tablet.sees("Whoever must come is told")
    tablet.check()
    tablet.presses("I am there")
    tablet.check()
    person = next(login for login in plant.facts["logins"] if login["number"] == "maintenance")
    tablet.page.fill("[name=badge]", person["badge"])
    tablet.page.fill("[name=pin]", person["pin"])
    tablet.page.get_by_role("button", name="I am there", exact=True).click()
    tablet.sees("is there since")


def test_nothing_is_dispatched_to_a_machine_that_is_down(visit, known):
    planner = visit("planner")
    dispatch(planner, known[0])
    planner.sees(re.compile(f"{MACHINE}.+(is down|called for help)"))
    planner.check()


def test_the_mechanic_mends_it_with_a_part(mechanic, known):
    mechanic.go(f"/production/andon/?q={MACHINE}")
    mechanic.page.locator("main tbody a").first.click()
    mechanic.page.get_by_role("button", name="Work order", exact=True).click()
    mechanic.page.locator("main a[href*='/production/maintenance/MT']").click()
    expect(mechanic.page).to_have_url(re.compile("/production/maintenance/"))
    known.append(mechanic.page.url)
    mechanic.presses("Start the work")
    mechanic.sees("the machine is in maintenance")
    in_dialog(mechanic, "Take parts", "Take parts", part="SP-BELT")
    mechanic.sees("SP-BELT")
    in_dialog(mechanic, "Finish", "Finish", findings="Belt torn, changed.", cause="Wear", hours="0.5")
    mechanic.sees("the machine may run again")


def test_the_service_that_is_due_is_ticked_off_meanwhile(mechanic, known):
    mechanic.go(f"/production/maintenance/{known[1]}/")
    mechanic.presses("Start the work")
    for step in range(1, int(known[2]) + 1):
        mechanic.page.locator("main [data-dialog=tick]").click()
        mechanic.page.locator("dialog[open]").get_by_role("button", name="Done", exact=True).click()
        expect(mechanic.page.locator("main tbody time")).to_have_count(step)
    in_dialog(mechanic, "Finish", "Finish", findings="Chain greased.", hours="1")
    mechanic.sees("the machine may run again")


def test_somebody_else_signs_the_work_off(visit, known):
    leader = visit("leader")
    leader.go(known[-1])
    in_dialog(leader, "Sign the work off", "Sign the work off", reason="Ran ten boards, all well", password=PASSWORD)
    leader.sees("signed off")


def test_the_machine_is_back_and_the_times_are_told(visit, mechanic, known):
    mechanic.go(f"/production/andon/?q={MACHINE}")
    mechanic.page.locator("main tbody a").first.click()
    in_dialog(mechanic, "Settle", "Settle", cause="Wear", assignable_cause="Belt torn", action_taken="Changed")
    times = mechanic.page.locator(".stat", has_text=re.compile("Minutes to (answer|settle)"))
    expect(times.filter(has_text=re.compile(r"\d"))).to_have_count(2)
    mechanic.go("/production/andon/")
    means = mechanic.page.locator(".stat", has_text="mean of")
    expect(means.filter(has_text=re.compile(r"\d"))).to_have_count(2)
    planner = visit("planner")
    dispatch(planner, known[0])
    planner.sees("Dispatched")
    in_dialog(planner, "Cancel work order", "Cancel work order", reason="Made on the other line")
    planner.sees("Cancelled")
