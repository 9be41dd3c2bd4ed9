"""Desk, cost of quality, objectives, audits and deputies in the browser's eyes."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from plant.commands import signatures
from plant.models import Deputy, Role
from qms import quality_costs
from qms.commands import costs
from qms.models import Audit, CostRate, QualityObjective
from qms.queries import audits as reading
from qms.queries import objectives, quality_cost
from tests.factories import NOW, person
from tests.qms import factories as make
from tests.qms.commands.test_audits import answer, planned, report
from tests.qms.commands.test_decisions import stock
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


def text(client, name, *args, **query):
    found = client.get(reverse(name, args=args), query)
    assert found.status_code == 200, found.status_code
    return found.content.decode()


def test_the_desk_shows_what_is_open_and_mine():
    case = make.report(stock(), at=timezone.now() - timedelta(days=40))
    make.capa(case)

    page = text(signed_in(Role.QUALITY_ENGINEER), "qms:desk")

    assert all(word in page for word in (case.number, "Open nonconformances by age", "CAPA by risk"))


def spent():
    """One cost inside and one outside."""
    at = timezone.now()
    inside, outside = make.report(stock()), make.report(stock("R2"), source_kind="CUSTOMER")
    for case, amount in ((inside, "30"), (outside, "70")):
        costs.add(nonconformance=case, kind="OTHER", quantity=Decimal(1), rate=Decimal(amount), note="Freight",
                  by=make.engineer(), at=at)
    return inside, outside


def test_failure_costs_fall_into_their_buckets_and_lead_to_their_records():
    inside, outside = spent()
    client = signed_in(Role.QUALITY_MANAGER)
    at = timezone.now()

    entries = quality_costs.between(make.engineer(), at - timedelta(days=1), at + timedelta(days=1))
    page = text(client, "qms:quality-cost", bucket="EXTERNAL")

    sums = quality_cost.totals(entries).sums
    assert (sums["INTERNAL"], sums["EXTERNAL"]) == (30, 70)
    assert (outside.number in page, f"/{inside.number}/" in page) == (True, False)


def test_audits_and_calibrations_cost_what_their_rates_say():
    CostRate.objects.create(of="AUDIT_HOUR", valid_from=date(2026, 1, 1), amount=100)
    audit = planned()
    answer(audit, "GOOD", "GOOD")
    report(audit)

    entries = quality_costs.between(make.engineer(), NOW - timedelta(days=1), NOW + timedelta(days=1))

    assert [(one.bucket, one.amount) for one in entries] == [("PREVENTION", Decimal("350.00"))]


def test_an_objective_tells_whether_this_month_reached_it():
    at = timezone.now()
    make.report(stock(), at=at), make.report(stock("R2"), at=at)
    for code, target in (("FEW", 1), ("MANY", 2)):
        QualityObjective.objects.create(code=code, name=code, metric="CASES", target=target)

    found = {one.objective.code: one.now for one in objectives.standing(make.engineer(), at)}

    assert {code: (month.value, month.is_reached) for code, month in found.items()} == {
        "FEW": (2.0, False), "MANY": (2.0, True),
    }
    client = signed_in(Role.QUALITY_MANAGER)
    assert "Not reached" in text(client, "qms:objectives")
    assert client.get(reverse("qms:objective-chart", args=["FEW"])).json()["points"][-1]["value"] == 2.0


def test_an_audit_is_conducted_question_by_question():
    audit = planned()
    client = signed_in(Role.INSPECTOR, number="LA2")
    first, second = audit.checklist.questions.all()

    one = client.post(reverse("qms:audit-question", args=[audit.number, first.pk]),
                      {"answer": "MINOR", "evidence": "No label on the rack"})
    bad = client.post(reverse("qms:audit-question", args=[audit.number, second.pk]), {"answer": "MINOR"})

    assert (one.status_code, bad.status_code) == (302, 409)
    assert "Question 2?" in text(client, "qms:audit-conduct", audit.number)
    assert "No label on the rack" in text(client, "qms:audit-detail", audit.number)


def test_the_report_is_signed_on_the_page_and_printed():
    audit = planned(lead=person("LA3", Role.QUALITY_ENGINEER))
    answer(audit, "GOOD", "GOOD", by=make.engineer("LA3"))
    client = signed_in(Role.QUALITY_ENGINEER, number="LA3")
    seen = signatures.content_hash(reading.seen(Audit.objects.get()))

    client.post(reverse("qms:audit-report", args=[audit.number]), {
        "summary": "All well", "hours": "2", "reason": "As found", "password": make.PASSWORD, "seen_hash": seen})
    paper = client.get(reverse("plant:sheet", args=["audit", audit.pk]))

    assert (Audit.objects.get().status, paper.content[:5]) == ("CLOSED", b"%PDF-")


def test_the_matrix_counts_records_and_the_pack_holds_them():
    case = make.report(stock(), at=timezone.now())
    client = signed_in(Role.QUALITY_MANAGER)

    page = text(client, "qms:compliance")
    pack = client.get(reverse("qms:audit-pack"))

    names = zipfile.ZipFile(io.BytesIO(pack.content)).namelist()
    assert "8.7" in page
    assert f"nonconformance/{case.number}.pdf" in names
    assert "contents.xlsx" in names


def test_a_deputy_is_named_on_the_page():
    client = signed_in(Role.QUALITY_ENGINEER)
    person("DE", Role.PLANNER)
    at = timezone.localtime(timezone.now())
    said = {"deputy": "DE", "begins_at": f"{at:%Y-%m-%dT%H:%M}", "ends_at": f"{at + timedelta(days=2):%Y-%m-%dT%H:%M}"}

    assert client.post(reverse("plant:deputies"), said).status_code == 302
    row = Deputy.objects.get()
    client.post(reverse("plant:deputy-end", args=[row.pk]))
    row.refresh_from_db()

    assert row.ends_at <= timezone.now()
