"""Suppliers on the screen, and the door that their link opens: every page, the whole way, nothing else."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plant.models import Role
from qms.models import Supplier, SupplierRequest
from qms.queries import scorecard
from qms.queries import supplier_requests as reading
from tests import factories
from tests.factories import NOW
from tests.qms import factories as make
from tests.qms import sourcing_world as world
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def rejected():
    """A lot of a supplier of which a tenth was sent back, and the request that followed."""
    world.admitted()
    lot = factories.received("R1", 200, supplier=factories.supplier())
    case = make.report(lot)
    make.dispose(case, (lot, "RETURN", 20), (lot, "USE_AS_IS", 180))
    return world.scar(nonconformance=case, at=timezone.now())


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens(rejected, language):
    client = signed_in(Role.QUALITY_MANAGER, language=language)
    round_ = world.scored("OTHER")
    addresses = [reverse(f"qms:{name}") for name in (
        "supplier-list", "supplier-enlist", "supplier-worst", "source-list", "source-set", "supplier-request-list",
        "supplier-request-open",
    )]
    addresses += [
        reverse("qms:supplier-detail", args=["ACME"]), reverse("qms:assessment-detail", args=[round_.number]),
        reverse("qms:supplier-request-detail", args=[rejected.number]),
        reverse("qms:nonconformance-suppliers-panel", args=[rejected.nonconformance.number]),
    ]
    addresses += [
        reverse("qms:supplier-records", args=["ACME", figure]) + "?month=2026-03"
        for figure in ("ppm", "accepted", "delivery", "answers")
    ]

    assert {url: client.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 200)


def test_a_figure_equals_the_records_behind_it(rejected):
    supplier, month = factories.supplier(), NOW.date().replace(day=1)
    tally = scorecard.tallies([supplier.pk], month, month, at=NOW)[supplier.pk, month]

    assert (tally.received, tally.rejected, tally.figure("PPM")) == (200, 20, 100_000)
    page = signed_in(Role.QUALITY_MANAGER).get(
        reverse("qms:supplier-records", args=["ACME", "ppm"]), {"month": "2026-03"}
    )
    rows = page.context["rows"]
    assert sum(row.amount for row in rows if row.is_good) == 200
    assert sum(row.amount for row in rows if not row.is_good) == 20
    score = scorecard.score(tally, scorecard.rules())
    assert (score.points, score.grade) == (0, "D")


def test_a_supplier_answers_by_the_link_and_reaches_nothing_else(rejected):
    stranger, ours = Client(), signed_in(Role.QUALITY_ENGINEER)
    link = reading.link(rejected)
    world.system()

    assert b"Containment" in stranger.get(link).content
    sent = stranger.post(link, {"step": 1, "text": "Sorted.", "author": "Wu Min",
                                "files": SimpleUploadedFile("sorted.txt", b"ok", "text/plain")})
    assert sent.status_code == 302
    again = stranger.post(link, {"step": 1, "text": "Sorted.", "author": "Wu Min"})
    assert again.status_code == 409
    file = reading.steps(rejected)[0].answers.all()[0].files.get()
    assert stranger.get(f"{link}files/{file.pk}/").status_code == 200
    other = world.scar(title="Other", at=timezone.now())
    assert stranger.get(f"{reading.link(other)}files/{file.pk}/").status_code == 404
    assert stranger.get(reverse("qms:supplier-request-detail", args=[rejected.number])).status_code == 302
    detail = reverse("qms:supplier-request-detail", args=[rejected.number])
    answer = ours.get(detail).context["answer"]
    ours.post(detail + "judge/", {"verdict": "refuse", "reason": "How?", "answer": answer.pk})
    assert b"How?" in stranger.get(link).content
    assert stranger.get(link.replace("/answer/", "/answer/x")).status_code == 404


def test_a_request_begins_filled_from_its_nonconformance(rejected):
    client = signed_in(Role.QUALITY_ENGINEER)
    SupplierRequest.objects.update(status="CANCELLED")
    number = rejected.nonconformance.number
    page = client.get(reverse("qms:supplier-request-open"), {"nonconformance": number, "kind": "SCAR"})
    said = page.context["form"].initial

    assert (said["supplier"], said["material"]) == ("ACME", "PCB")
    made = client.post(reverse("qms:supplier-request-open"), {**said, "language": "en"})
    assert SupplierRequest.objects.exclude(pk=rejected.pk).get().email == "quality@acme.example"
    assert made.status_code == 302


def test_the_scorecard_is_a_chart_a_sheet_and_trouble_on_the_desk(rejected):
    client, at = signed_in(Role.QUALITY_MANAGER), timezone.now()
    SupplierRequest.objects.update(due_at=at - timedelta(days=2))
    card = Supplier.objects.get(partner__code="ACME")

    trend = client.get(reverse("qms:supplier-trend", args=["ACME"])).json()
    desk = client.get(reverse("qms:panel-suppliers")).content.decode()
    paper = client.get(reverse("plant:sheet", args=["supplier", card.pk]))
    book = client.get(reverse("plant:sheet", args=["supplier", card.pk]) + "?format=xlsx")

    assert {0 <= point["value"] <= 100 for point in trend["points"]} == {True}
    assert rejected.number in desk
    assert (paper.content[:5], book.status_code) == (b"%PDF-", 200)
