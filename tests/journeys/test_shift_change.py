"""The shift changes in the middle of a lot: planned, signed on by badge and PIN, told and checked before it goes on."""

import json
import os
import time
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import TABLET

STATION, SECONDS_TO_SWITCH = "L2-PLACE", 2.0
NOTE = "Splice at feeder 2 comes at two o'clock; the bottom side is checked twice."
WORK = """
import json
from datetime import timedelta
from decimal import Decimal
from django.utils import timezone
from demo.seeds.process import site
from mes.commands import dispatching, job_orders, sessions, work_requests
from mes.models import CheckRule, Segment, StationSession
from plant.models import Equipment, MaterialDefinition, Person
from traceability.models import MaterialLot
by, at = Person.objects.get(number="planner"), timezone.now()
order = work_requests.receive(
    number=f"SHIFT-{at:%H%M%S}", material=MaterialDefinition.objects.get(code="CB-110"), quantity=Decimal(20),
    due_at=at + timedelta(days=2), site=site(), by=by, at=at)
job = work_requests.release(work_request=order, by=by, at=at).job_orders.get()
job = job_orders.release(job_order=job, by=by, at=at)
dispatching.dispatch(job_order=job, line=Equipment.objects.get(code="LINE-2"), by=by, at=at)
here = StationSession.objects.filter(ended_at=None, station__parent__code="LINE-2")
for one in here.select_related("station", "person"):
    sessions.leave(station=one.station, person=one.person, at=at)  # other stories leave people at their stations
segment = Segment.objects.get(work_master__code="R-CB-110", code="PLACE")
CheckRule.objects.get_or_create(segment=segment, name="Walk round", defaults={"trigger": "SHIFT"})
lots = MaterialLot.objects.filter(job_order=job.number).order_by("number").values_list("number", flat=True)
hour = timezone.localtime(at).hour
print(json.dumps({"job": job.number, "lots": list(lots), "is_day": 8 <= hour < 20}))
"""
# From this second on a shift goes until the usual boundary, so that who works in the next usual one is free now.
SHIFT = """
from datetime import timedelta
from django.utils import timezone
from mes.models import CalendarShift, LineCalendar, WorkCalendar
now = timezone.localtime()
left = ((8 - now.hour) % 12 or 12) * 60 - now.minute - 1
made = WorkCalendar.objects.create(code=f"NOW-{now:%H%M%S}", name="From now on")
CalendarShift.objects.create(
    calendar=made, name="Change", starts=now.time(), minutes=max(left, 1), saturday=True, sunday=True)
LineCalendar.objects.filter(line__code="LINE-2").update(calendar=made)
"""
USUAL = """
from mes.models import LineCalendar, WorkCalendar
LineCalendar.objects.filter(line__code="LINE-2").update(calendar=WorkCalendar.objects.get(code="2X12"))
"""
TIMES = """
import json
from mes.models import StationSession
rows = StationSession.objects.filter(station__code="{station}", job_order__number="{job}").order_by("pk")
print(json.dumps([[one.person.number, str(one.started_at), str(one.ended_at)] for one in rows]))
"""


def ask(plant, script):
    """What a script of the plant prints last."""
    said = plant.manage("shell", "-v", "0", "-c", script)
    assert said.returncode == 0, said.stderr[-2000:]
    return json.loads(said.stdout.strip().splitlines()[-1]) if said.stdout.strip() else None


@pytest.fixture(scope="module")
def story(plant):
    """A work order at the station, and who works now and next; at the end the line has its usual shifts again."""
    found = ask(plant, WORK)
    found["first"], found["second"] = ("operator2", "operator3") if found["is_day"] else ("operator3", "operator2")
    yield found
    ask(plant, USUAL)


@pytest.fixture(scope="module")
def people(plant):
    return {login["number"]: login for login in plant.facts["logins"]}


def check(tablet, value=""):
    """Carry out the check that the station asks for."""
    tablet.page.get_by_role("link", name="Check", exact=True).first.click()
    tablet.check()
    if value:
        tablet.page.locator("main input[inputmode=decimal]").fill(value)
    tablet.page.get_by_label("In order", exact=True).check()
    tablet.page.get_by_role("button", name="Save", exact=True).click()
    expect(tablet.page.locator("[data-scan][data-hears]")).to_be_visible()


def row_of(leader):
    """The shift that begins in this story, among those that went by."""
    return leader.page.locator("main tr", has=leader.page.locator("th", has_text="Change")).first


def test_the_first_shift_leaves_a_lot_in_work_and_a_note(visit, story):
    tablet = visit(size=TABLET)
    tablet.sign_on(STATION, story["first"])
    for code in (story["job"], "SENSOR-N-001", "PCB-100-002", "MCU-32-002", "CAP-10U-002", "PASTE-SAC-002"):
        tablet.scan(code, "accepted")
    tablet.scan("CMD:START", "accepted")
    check(tablet, "0.12")
    tablet.scan("CMD:DONE", "accepted")
    tablet.scan("CMD:START", "accepted")
    tablet.presses("Handover")
    tablet.page.locator("[name=text]").fill(NOTE)
    tablet.check()
    tablet.page.get_by_role("button", name="Write", exact=True).click()
    tablet.sees("The handover is kept")


def test_the_leader_plans_the_next_shift_and_sees_who_is_missing(visit, plant, story, people):
    ask(plant, SHIFT)
    leader = visit("leader")
    leader.go("/production/roster/LINE-2/")
    leader.presses("Plan somebody")
    dialog = leader.page.locator("dialog[open]")
    dialog.locator("[name=person]").select_option(story["second"])
    dialog.locator("[name=station]").select_option(STATION)
    shift = row_of(leader).locator("th").inner_text()
    dialog.get_by_label(shift, exact=True).check()
    leader.check()
    dialog.get_by_role("button", name="Plan", exact=True).click()
    row = row_of(leader)
    expect(row.locator("td").nth(1)).to_contain_text(people[story["second"]]["name"])


def test_the_next_person_is_there_in_two_seconds_and_reads_the_note(visit, story, people):
    tablet, person = visit(size=TABLET), people[story["second"]]
    tablet.sign_on(STATION, story["first"])
    expect(tablet.page.locator("[data-scan][data-hears]")).to_be_visible()
    began = time.monotonic()
    tablet.page.keyboard.type(person["badge"], delay=5)
    tablet.page.keyboard.press("Enter")
    expect(tablet.page.locator("dialog#person [name=pin]")).to_be_focused()
    tablet.page.keyboard.type(person["pin"])
    tablet.page.keyboard.press("Enter")
    expect(tablet.page.locator(".tablet-person")).to_contain_text(person["name"])
    expect(tablet.page.locator("[data-scan][data-hears]")).to_be_visible()
    assert time.monotonic() - began < SECONDS_TO_SWITCH * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    tablet.speak()
    expect(tablet.page.locator(".alert", has_text="From the shift before")).to_contain_text(NOTE)
    tablet.presses("Read and acknowledge")
    tablet.page.get_by_role("button", name="Acknowledge", exact=True).click()
    expect(tablet.page.locator(".station-lot")).to_contain_text(story["lots"][1])
    expect(tablet.page.locator(".alert", has_text="From the shift before")).to_have_count(0)


def test_a_check_is_asked_for_before_the_lot_goes_on(visit, story):
    tablet = visit(size=TABLET)
    tablet.sign_on(STATION, story["second"])
    tablet.scan("CMD:DONE", "refused")
    expect(tablet.page.locator("[data-scan-message]")).to_contain_text("Walk round")
    check(tablet)
    tablet.scan("CMD:DONE", "accepted")
    tablet.sees("good at PLACE")


def test_who_was_there_and_for_how_long_is_right(visit, plant, story, people):
    rows = ask(plant, TIMES.format(station=STATION, job=story["job"]))
    names, ends = [row[0] for row in rows], [row[1:] for row in rows]
    leader = visit("leader", language="zh")
    leader.go("/production/roster/LINE-2/")
    row = row_of(leader)

    assert (set(names), names[-1]) == ({story["first"], story["second"]}, story["second"])
    assert all(before[1] == after[0] for before, after in pairwise(ends))
    expect(row.locator("td").nth(1)).not_to_contain_text(people[story["second"]]["name"])
    expect(row.locator("td").nth(5)).not_to_be_empty()
