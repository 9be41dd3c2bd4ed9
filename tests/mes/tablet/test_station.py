"""The tablet: badge and PIN, scans in JSON, reports, pause, and the clock that signs off."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mes.models import JobOrder, JobResponse, StationSession
from plant import pins
from plant.models import Person
from tests.mes import factories

pytestmark = pytest.mark.django_db
PIN = "739105"


def badge(person: Person) -> Person:
    Person.objects.filter(pk=person.pk).update(badge=f"B-{person.number}", pin=pins.hashed(PIN))
    return person


@pytest.fixture
def world(client):
    made = factories.world()
    badge(made.operator)
    sign_on(client, "B-OP")
    return made


def sign_on(client, code: str, pin: str = PIN):
    return client.post(reverse("station:sign-on", args=["MOUNT"]), {"badge": code, "pin": pin})


def scan(client, code: str, **more):
    body = {"code": code, "event_id": str(uuid.uuid4()), "station": "MOUNT", **more}
    url = reverse("station:scan", args=["MOUNT"])
    return client.post(url, json.dumps(body), content_type="application/json", headers={"Accept": "application/json"})


def test_sign_on_opens_the_station(client, world):
    assert StationSession.objects.get().person == world.operator
    assert client.get(reverse("station:work", args=["MOUNT"])).status_code == 200


def test_sign_on_refuses_a_wrong_pin(client):
    badge(factories.world().operator)

    answer = sign_on(client, "B-OP", "111222")

    assert (answer.status_code, StationSession.objects.count()) == (400, 0)


def test_sign_on_refuses_who_is_no_operator(client):
    factories.world()
    badge(factories.planner())

    assert sign_on(client, "B-PLAN").status_code == 400


def test_work_asks_for_a_badge_first(client):
    factories.world()

    assert client.get(reverse("station:work", args=["MOUNT"])).url == reverse("station:sign-on", args=["MOUNT"])


def test_scan_answers_in_three_colours(client, world):
    told = [scan(client, code) for code in (world.job.number, world.outputs[0].number, "NOPE")]

    assert [(answer.status_code, answer.json()["outcome"]) for answer in told] == [
        (200, "accepted"), (200, "warning"), (409, "refused"),
    ]


def test_scan_keeps_the_job_in_the_session(client, world):
    scan(client, world.job.number)

    assert StationSession.objects.get().job_order == world.job


def test_scan_waits_after_five_minutes_without_a_touch(client, world):
    session = client.session
    session["touched_at"] = (timezone.now() - timedelta(minutes=6)).isoformat()
    session.save()

    assert scan(client, world.job.number).status_code == 401


def test_scan_of_somebody_else_counts_for_them_only_if_they_were_here(client, world):
    other = badge(factories.ground.person("OP2", "OPERATOR"))
    sign_on(client, f"B-{other.number}")
    then = StationSession.objects.get(person=world.operator).started_at.isoformat()

    answers = [
        scan(client, world.job.number, person="OP", scanned_at=then).status_code,
        scan(client, world.job.number, person="NOBODY", scanned_at=then).status_code,
    ]
    assert answers == [200, 409]


@pytest.mark.parametrize("body", ["", "[]", "null", '{"code": 5, "event_id": "x"}', '{"quantity": "x"}'])
def test_scan_refuses_what_is_no_scan(client, world, body):
    url = reverse("station:scan", args=["MOUNT"])

    assert client.post(url, body, content_type="application/json").status_code == 409


def test_scan_before_its_turn_is_425_and_taken_in_its_turn(client, world):
    queue = {"queue": str(uuid.uuid4())}
    early = scan(client, world.job.number, seq=2, **queue)
    answers = [scan(client, world.job.number, seq=seq, **queue).status_code for seq in (1, 2)]

    assert (early.status_code, early.json()["expected"], answers) == (425, 1, [200, 200])


@pytest.mark.parametrize("turn", [
    {"queue": "x", "seq": 1}, {"queue": str(uuid.uuid4())}, {"queue": str(uuid.uuid4()), "seq": 0},
    {"queue": str(uuid.uuid4()), "seq": 1, "gone": ["x"]}, {"queue": str(uuid.uuid4()), "seq": 2**60},
])
def test_scan_refuses_a_turn_that_is_none(client, world, turn):
    assert scan(client, world.job.number, **turn).json()["title"] == "bad-input"


def test_report_sends_good_and_scrap(client, world):
    scan(client, world.job.number)
    [scan(client, lot.number) for lot in (world.blank, world.screws)]
    scan(client, world.outputs[0].number)
    form = {"good": "4", "scrap": "1", "rework": "0", "reason": factories.reason().pk}

    answer = client.post(reverse("station:report", args=["MOUNT"]), form)

    assert (answer.status_code, JobResponse.objects.get().good) == (302, 4)


def test_report_says_why_not(client, world):
    scan(client, world.job.number)
    scan(client, world.outputs[0].number)

    assert client.post(reverse("station:report", args=["MOUNT"]), {"good": "99"}).status_code == 409


def test_pause_and_resume(client, world):
    scan(client, world.job.number)
    client.post(reverse("station:pause", args=["MOUNT"]), {"note": "Lunch"})
    paused = JobOrder.objects.get().status
    client.post(reverse("station:resume", args=["MOUNT"]))

    assert (paused, JobOrder.objects.get().status) == ("PAUSED", "RUNNING")


def test_panel_and_acts_open(client, world):
    scan(client, world.job.number)
    scan(client, world.outputs[0].number)
    names = ("panel", "report", "pause", "work")

    assert [client.get(reverse(f"station:{name}", args=["MOUNT"])).status_code for name in names] == [200] * 4


def test_sign_off_ends_the_session(client, world):
    client.post(reverse("station:sign-off", args=["MOUNT"]))

    assert StationSession.objects.get().ended_at is not None
