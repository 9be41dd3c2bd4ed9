"""A patrol finds a voltage out: line stop, 8D, FMEA and control plan revised, and the floor checks differently."""

import re

import pytest
from playwright.sync_api import expect

from demo.data.ground import PASSWORD
from tests.journeys.test_eight_d import GONE_BY, in_dialog, shell

LINE = "LINE-1"
# A board in work, and a plan of which no further revision is begun: another story may have signed that one already.
BEGIN = """
from django.utils import timezone
from demo.data.ground import PASSWORD
from plant.commands import signatures
from plant.models import Person
from qms.commands import plans
from qms.models import ControlPlan
from qms.queries import releases
from traceability.models import LotBalance
at, manager = timezone.now(), Person.objects.get(number="manager")
for plan in ControlPlan.objects.filter(code="CP-CB-100", status="REVIEW"):
    seen = signatures.content_hash(releases.seen(plan, releases.of(plan, at)))
    plans.approve(plan=plan, reason="Read", password=PASSWORD, seen_hash=seen, by=manager, at=at)
rows = LotBalance.objects.filter(lot__material__code="CB-100", lot__open_holds=0, bucket="WIP", quantity__gt=0)
print(rows.order_by("-lot").first().lot.number)
"""
WORKED = """
from django.utils import timezone
from plant.models import Person
from qms.commands import capa_actions, capa_causes, capa_stages, capas
from qms.models import CorrectiveAction
by = {"by": Person.objects.get(number="engineer"), "at": timezone.now()}
leader = Person.objects.get(number="leader")
capa = CorrectiveAction.objects.get(number="%s")
def stage(code, text):
    capa_stages.write(capa=capa, code=code, text=text, **by)
    capa_stages.finish(capa=capa, code=code, **by)
stage("D0", "The line stands still")
capa_stages.join(capa=capa, person=leader, role="MEMBER", **by)
capa_stages.finish(capa=capa, code="D1", **by)
capa_causes.compare(capa=capa, rows={"WHERE": ("Line 1", "Line 2", "Regulator of another maker")}, **by)
stage("D2", "3.55 V instead of 3.30 V"), stage("D3", "Every board is measured")
capa_causes.answer_why(capa=capa, text="The regulator's tolerance is not inspected", is_root=True, **by)
stage("D4", "Two samples a lot do not find it")
action = capas.add_action(capa=capa, description="Measure five", owner=leader, due_at=by["at"], **by)
stage("D5", "More samples, and the risk rated anew")
capa_actions.finish_action(action=action, result="Planned", by=leader, at=by["at"])
capa_actions.verify_action(action=action, is_good=True, finding="Seen in the plan", **by)
stage("D6", "Done")
"""
ENDED = """
from django.utils import timezone
from plant.models import Person
from qms.commands import capa_stages, capas
from qms.models import CorrectiveAction
by = {"by": Person.objects.get(number="engineer"), "at": timezone.now()}
capa = CorrectiveAction.objects.get(number="%s")
capa_stages.write(capa=capa, code="D7", text="FMEA and control plan are revised", **by)
capa_stages.finish(capa=capa, code="D7", **by)
capas.start_check(capa=capa, **by)
"""


@pytest.fixture(scope="module")
def known(plant):
    """What one step leaves for the next: the lot, then addresses by name."""
    said = plant.manage("shell", "-v", "0", "-c", BEGIN)
    assert said.returncode == 0, said.stderr[-2000:]
    return {"lot": said.stdout.strip().splitlines()[-1]}


def ask(visitor, lot, kind):
    """Ask for an inspection of a lot at the test, and open it."""
    visitor.go(f"/quality/inspections/ask/?lot={lot}")
    main = visitor.page.locator("main")
    main.locator("[name=kind]").select_option(kind)
    main.locator("[name=operation]").select_option("TEST")
    main.locator("[name=reason]").fill("Patrol of the shift")
    visitor.presses("Ask for the inspection")
    visitor.page.wait_for_url(re.compile(r"/inspections/\w+\d+/$"))


def row_of(visitor, column, value):
    """The row of a worksheet in which a column has a value."""
    found = visitor.page.locator("tbody tr[data-key]").evaluate_all(
        "(rows, [column, value]) => rows.findIndex((row) => row.querySelector("
        "`td[data-col=${column}] :is(input, textarea, select)`)?.value === value)", [column, value],
    )
    assert found >= 0, (column, value)
    return visitor.page.locator("tbody tr[data-key]").nth(found)


def write(visitor, row, column, value):
    cell = row.locator(f"td[data-col={column}] :is(input, textarea)")
    cell.fill(value)
    cell.press("Enter")
    expect(visitor.page.locator("tr[data-state=saved]")).to_have_count(1)


def revise(visitor, capa, document):
    """Ask from the CAPA for a planning document's next revision, and open the draft."""
    visitor.go(capa)
    visitor.page.get_by_role("button", name="Revise a planning document…").first.click()
    dialog = visitor.page.locator("dialog[open]")
    dialog.locator("[name=document]").select_option(document)
    dialog.locator("[name=reason]").fill("The sample of two does not find a drifting regulator")
    dialog.locator("button[type=submit]").last.click()
    visitor.page.get_by_role("link", name=re.compile(f"^{document.partition('|')[2]}")).last.click()
    visitor.sees("Called for by")


def test_the_patrol_fails_and_the_lot_is_frozen(visit, known):
    inspector = visit("inspector")
    ask(inspector, known["lot"], "PQC")
    for field in inspector.page.locator("form.form input[inputmode=decimal]").all():
        field.fill("3.55")
    inspector.presses("Record")
    inspector.presses("Decide by the results")
    inspector.sees("The lot is rejected and held")
    inspector.presses("Decide about the lot")
    inspector.page.wait_for_url(re.compile("/nonconformances/"))
    known["case"] = inspector.page.url


def test_quality_stops_the_line_and_opens_an_8d(visit, plant, known):
    engineer = visit("engineer")
    engineer.go(known["case"])
    in_dialog(engineer, "Stop a line…", place=LINE, reason="Voltage out at the patrol")
    engineer.sees("It stands still until what is wrong is put right.")
    engineer.presses("Open a CAPA")
    engineer.page.locator("[name=method]").select_option("EIGHT_D")
    engineer.page.locator("main form button[type=submit]").click()
    engineer.sees("D4 Root cause")
    known["capa"] = engineer.page.url
    known["number"] = engineer.page.url.rstrip("/").rpartition("/")[2]
    shell(plant, WORKED % known["number"])


def test_what_was_learned_goes_into_fmea_and_control_plan(visit, known):
    engineer = visit("engineer")
    revise(engineer, known["capa"], "fmea|PF-CB")
    known["fmea"] = engineer.page.url
    write(engineer, row_of(engineer, "mode", "Voltage out 电压超差"), "detection_control", "Five of each lot measured")
    engineer.presses("Hand in")
    revise(engineer, known["capa"], "control-plan|CP-CB-100")
    known["plan"] = engineer.page.url
    write(engineer, row_of(engineer, "characteristic", "U-3V3"), "sample_size", "5")
    engineer.presses("Hand in")
    engineer.go(known["capa"])
    engineer.sees("PF-CB / 2")
    engineer.check()


def test_somebody_else_signs_both_and_sees_what_changes(visit, known):
    manager = visit("manager")
    manager.go(known["plan"])
    expect(manager.page.locator("#floor")).to_contain_text(re.compile(r"Sample size:\s*2\s*→\s*5"))
    for document in ("fmea", "plan"):
        manager.go(known[document])
        manager.page.get_by_role("button", name="Approve").first.click()
        dialog = manager.page.locator("dialog[open]")
        dialog.locator("[name=reason]").fill("Read")
        dialog.locator("[name=password]").fill(PASSWORD)
        dialog.get_by_role("button", name=re.compile("^Sign and approve")).click()
        manager.sees("In effect")


def test_the_floor_measures_five_from_now_on(visit, known):
    inspector = visit("inspector")
    ask(inspector, known["lot"], "PQC")
    expect(inspector.page.locator("form.form input[inputmode=decimal]")).to_have_count(5)


def test_the_8d_is_closed_by_two_and_the_line_goes_on(visit, plant, known):
    shell(plant, ENDED % known["number"]), shell(plant, GONE_BY % known["number"])
    manager = visit("manager")
    manager.go(known["capa"])
    in_dialog(manager, "Effectiveness check", effective="yes", reason="No voltage out since", password=PASSWORD)
    manager.sees("The check is recorded.")
    leader = visit("leader")
    leader.go("/production/stoppages/?q=Voltage+out")
    leader.page.locator("main tbody a").first.click()
    in_dialog(leader, "Let it go on", reason="Regulator changed", password=PASSWORD)
    leader.sees(re.compile("goes on|Resumed"))
