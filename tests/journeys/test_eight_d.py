"""A patrol finds burnt boards: the line stops, a nonconformance and an 8D follow, and only somebody else closes it."""

import re

import pytest
from playwright.sync_api import expect

from demo.data.ground import PASSWORD
from tests.journeys.visitor import TABLET

STATION, LINE = "L2-AOI", "LINE-2"
FOUND = "Boards smell burnt at the patrol"
# The stages between the first and the last, as the team works through them in the days that follow.
WORKED = """
from datetime import timedelta
from django.utils import timezone
from plant.models import Person
from qms.commands import capa_actions, capa_causes, capa_stages, capas
from qms.models import CorrectiveAction
by = {"by": Person.objects.get(number="engineer"), "at": timezone.now()}
leader = Person.objects.get(number="leader")
capa = CorrectiveAction.objects.get(number="%s")
capa_causes.compare(capa=capa, rows={"WHERE": ("Line 2", "Line 1", "New nozzle")}, **by)
for code in ("D2", "D3"):
    capa_stages.write(capa=capa, code=code, text="Every board is looked at", **by)
    capa_stages.finish(capa=capa, code=code, **by)
capa_causes.answer_why(capa=capa, text="Nobody checks the nozzle after a change", is_root=True, **by)
capa_stages.write(capa=capa, code="D4", text="No check after a change of nozzle", **by)
capa_stages.finish(capa=capa, code="D4", **by)
action = capas.add_action(capa=capa, description="Check after each change", owner=leader, due_at=by["at"], **by)
capa_stages.write(capa=capa, code="D5", text="A check by rule", **by)
capa_stages.finish(capa=capa, code="D5", **by)
capa_actions.finish_action(action=action, result="The rule runs", by=leader, at=by["at"])
capa_actions.verify_action(action=action, is_good=True, finding="Seen on the tablet", **by)
for code in ("D6", "D7"):
    capa_stages.write(capa=capa, code=code, text="On both lines", **by)
    capa_stages.finish(capa=capa, code=code, **by)
capas.start_check(capa=capa, **by)
"""
GONE_BY = """
from datetime import timedelta
from django.utils import timezone
from qms.models import CorrectiveAction
rows = CorrectiveAction.objects.filter(number="%s")
rows.update(check_due_at=timezone.now() - timedelta(minutes=1))
"""


@pytest.fixture(scope="module")
def known():
    """What one step leaves for the next: addresses by name."""
    return {}


def shell(plant, code):
    said = plant.manage("shell", "-v", "0", "-c", code)
    assert said.returncode == 0, said.stderr[-2000:]


def in_dialog(visitor, button, **fields):
    """Open a dialog by its button, fill it and send it."""
    visitor.page.get_by_role("button", name=button, exact=True).first.click()
    dialog = visitor.page.locator("dialog[open]")
    for name, value in fields.items():
        box = dialog.locator(f"[name={name}]")
        box.select_option(value) if box.evaluate("one => one.tagName") == "SELECT" else box.fill(value)
    dialog.locator("button[type=submit]").last.click()
    expect(visitor.page.locator("dialog[open]")).to_have_count(0)


def test_the_patrol_reports_what_it_sees_at_the_station(visit):
    tablet = visit(size=TABLET)
    tablet.sign_on(STATION, "operator2")
    tablet.page.get_by_role("link", name="Report a defect").click()
    tablet.check()
    tablet.page.fill("[name=note]", FOUND)
    tablet.page.get_by_role("button", name="Report and hold").click()
    tablet.sees("is open. Put the parts aside.")


def test_quality_stops_the_line_for_it(visit, known):
    engineer = visit("engineer")
    engineer.go("/quality/nonconformances/")
    engineer.page.locator("main tbody tr", has_text=FOUND).locator("a").first.click()
    known["case"] = engineer.page.url
    in_dialog(engineer, "Stop a line…", place=LINE, reason="Boards burn")
    engineer.sees("It stands still until what is wrong is put right.")
    engineer.check()


def test_an_8d_follows_with_its_team(visit, known):
    engineer = visit("engineer")
    engineer.go(known["case"])
    engineer.presses("Open a CAPA")
    engineer.page.locator("[name=method]").select_option("EIGHT_D")
    engineer.page.locator("main form button[type=submit]").click()
    engineer.sees("D4 Root cause")
    known["capa"] = engineer.page.url
    engineer.check()
    in_dialog(engineer, "Write…", text="Line 2 stands still")
    engineer.page.get_by_role("button", name="Finish the stage").first.click()
    engineer.sees("The stage is finished.")
    in_dialog(engineer, "Add somebody…", person="leader")
    engineer.page.get_by_role("button", name="Finish the stage").first.click()
    engineer.sees("The stage is finished.")


def test_nobody_checks_before_its_day_nor_their_own_work(visit, plant, known):
    number = known["capa"].rstrip("/").rpartition("/")[2]
    shell(plant, WORKED % number)
    manager = visit("manager")
    manager.go(known["capa"])
    check = manager.page.get_by_role("button", name="Effectiveness check", exact=True)
    expect(check.first).to_have_attribute("aria-disabled", "true")
    shell(plant, GONE_BY % number)
    engineer = visit("engineer")
    engineer.go(known["capa"])
    expect(engineer.page.get_by_role("button", name="Effectiveness check", exact=True).first).to_have_attribute(
        "aria-disabled", "true"
    )


def test_somebody_else_finds_it_effective_and_it_is_closed(visit, known):
    manager = visit("manager")
    manager.go(known["capa"])
    in_dialog(manager, "Effectiveness check", effective="yes", reason="No board since", password=PASSWORD)
    manager.sees("The check is recorded.")
    engineer = visit("engineer")
    engineer.go(known["capa"])
    in_dialog(engineer, "Write…", text="Thanks to the night shift")
    engineer.page.get_by_role("button", name="Finish the stage").first.click()
    engineer.sees("The stage is finished.")
    engineer.page.get_by_role("button", name="Close", exact=True).first.click()
    engineer.sees(re.compile("Closed"))
    engineer.check()


def test_the_line_goes_on_again(visit):
    leader = visit("leader")
    leader.go("/production/stoppages/?q=Boards+burn")
    leader.page.locator("main tbody a").first.click()
    in_dialog(leader, "Let it go on", reason="Nozzle changed, ten boards well", password=PASSWORD)
    leader.sees(re.compile("goes on|Resumed"))
