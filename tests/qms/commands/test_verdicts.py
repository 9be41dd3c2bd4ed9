"""Verdicts against the numbers: signed by somebody with the authority who did not measure; the numbers are kept."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from plant.commands import signatures
from plant.models import Role
from plant.policies import Forbidden
from qms.commands import inspections, verdicts
from qms.models import Inspection, Nonconformance
from qms.queries import inspections as reading
from tests.factories import NOW, person
from tests.qms import factories as make
from tests.qms.commands.test_inspections import inspector, measure, task
from tests.qms.web.test_pages import signed_in
from traceability.models import MaterialLot

pytestmark = pytest.mark.django_db


@pytest.fixture(name="bad")
def measured_bad():
    one = task()
    measure(one, 240.0, 250.0)
    return one


def override(one, verdict="PASS", by=None, **fields):
    said = {"reason": "Measured again with the reference", "password": make.PASSWORD, "at": NOW,
            "seen_hash": signatures.content_hash(reading.seen(one)), **fields}
    return verdicts.override(inspection=one, verdict=verdict, by=by or make.engineer(), **said)


def status():
    return MaterialLot.objects.get().status


def test_accepted_against_the_numbers_keeps_what_they_said(bad):
    done = override(bad)

    assert (done.verdict, done.computed, done.signature.person) == ("PASS", "FAIL", make.engineer())
    assert (status(), Nonconformance.objects.count()) == ("AVAILABLE", 0)
    assert bad.items.get().accepted is False


def test_accepted_with_restrictions_says_which(bad):
    with pytest.raises(verdicts.NotOverridden) as refused:
        override(bad, "COND")
    assert refused.value.facts["field"] == "restrictions"

    done = override(bad, "COND", restrictions="Only for boards without the heat sink")

    assert (done.verdict, status()) == ("COND", "AVAILABLE")
    page = signed_in(Role.VIEWER).get(reverse("traceability:lot-detail", args=["B1"]) + "?tab=measurements")
    assert "without the heat sink" in page.content.decode()


def test_rejected_against_the_numbers_is_held(bad):
    good = task(make.board("B2"), trigger="2")
    measure(good, 240.0, 241.0)

    override(good, "FAIL")

    assert MaterialLot.objects.get(number="B2").status == "HELD"
    assert Nonconformance.objects.get().source_id == good.number


def test_who_measured_never_overrides_and_who_has_no_authority_neither(bad):
    both = person("QC2", Role.INSPECTOR, Role.QUALITY_ENGINEER)
    other = task(make.board("B2"), trigger="2")
    inspections.record(inspection=other, item=other.items.get(), sample=1, value=250.0, by=both, at=NOW)
    inspections.record(inspection=other, item=other.items.get(), sample=2, value=250.0, by=inspector(), at=NOW)
    with pytest.raises(verdicts.NotOverridden, match="yourself"):
        override(other, by=both)
    with pytest.raises(Forbidden):
        override(bad, by=inspector())


def test_what_the_results_say_needs_no_signature(bad):
    with pytest.raises(verdicts.NotOverridden, match="what the results say"):
        override(bad, "FAIL")


def test_a_value_that_came_after_the_page_was_opened_asks_to_read_again(bad):
    seen = signatures.content_hash(reading.seen(bad))
    measure_again(bad)
    with pytest.raises(signatures.SignatureRefused):
        override(bad, seen_hash=seen)


def measure_again(one):
    inspections.record(
        inspection=one, item=one.items.get(), sample=2, value=251.0, supersedes_reason="Typed wrongly", by=inspector(),
        at=NOW,
    )


@pytest.mark.parametrize("words", ["verdict = 'PASS', computed = 'FAIL'", "verdict = 'PASS', computed = 'PASS'",
                                   "verdict = 'COND', computed = 'FAIL', restrictions = 'some'"])
def test_the_database_takes_no_verdict_against_the_numbers_without_a_signature(bad, words):
    bad.items.update(found=1, accepted=False)
    statement = f"UPDATE qms_inspection SET status = 'DECIDED', decided_at = now(), inspector_id = %s, {words}"
    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [make.engineer().pk])


def test_decided_otherwise_on_its_page_and_what_comes_next_is_offered(bad):
    client, page = signed_in(Role.QUALITY_MANAGER), reverse("qms:inspection-detail", args=[bad.number])
    assert "Decide otherwise" in client.get(page).content.decode()
    said = {"verdict": "COND", "restrictions": "Only inside", "reason": "Looked at", "password": make.PASSWORD,
            "seen_hash": signatures.content_hash(reading.seen(bad))}
    client.post(reverse("qms:inspection-override", args=[bad.number]), said)
    assert Inspection.objects.get().verdict == "COND"
    assert "Only inside" in client.get(page).content.decode()

    other = task(make.board("B2"), trigger="2")
    measure(other, 250.0, 250.0)
    inspections.decide(inspection=other, by=inspector(), at=NOW)
    shown = client.get(reverse("qms:inspection-detail", args=[other.number])).content.decode()
    assert Nonconformance.objects.get().number in shown
