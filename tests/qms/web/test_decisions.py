"""The page of a nonconformance with everything that follows from it, through the browser's forms."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plant.commands import signatures
from plant.models import ReasonCode, Role
from plant.web.forms import token
from qms.models import BoardReview, Concession, Nonconformance, Sorting
from qms.queries import boards as board_queries
from qms.queries import concessions as concession_queries
from qms.queries import nonconformances as queries
from tests.factories import material
from tests.qms import factories as make
from tests.qms.commands.test_decisions import board, stock
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


def post(client, name, case, *args, **fields):
    return client.post(reverse(f"qms:nonconformance-{name}", args=[case.number, *args]), fields)


def seal(case, **fields):
    seen = signatures.content_hash(queries.seen(Nonconformance.objects.get(pk=case.pk)))
    return {"seen_hash": seen, "password": make.PASSWORD, "reason": "Looked at it", **fields}


def page(client, case):
    return client.get(reverse("qms:nonconformance-detail", args=[case.number])).content.decode()


def test_a_lot_is_regraded_from_the_form():
    lot, client = stock(), signed_in(Role.QUALITY_ENGINEER)
    case = make.report(lot)
    material("PCB-B")

    answer = post(client, "dispose", case, **seal(case), for_all="REGRADE", to_material="PCB-B")

    assert answer.status_code == 302
    assert case.dispositions.get().to_material.code == "PCB-B"


def test_sorting_is_ordered_and_entered_on_the_page():
    lot, client = stock(), signed_in(Role.QUALITY_ENGINEER)
    case = make.report(lot)

    post(client, "sort", case, **seal(case), lot="R1", criterion="No scratch")
    answer = post(client, "found", case, Sorting.objects.get().pk, good="8", bad="2")

    assert answer.status_code == 302
    assert "R1-1" in page(client, case)


def test_the_board_is_asked_and_votes_on_the_page():
    board(from_severity="MAJOR")
    lot, client = stock(), signed_in(Role.QUALITY_ENGINEER)
    case = make.report(lot)

    assert post(client, "ask-board", case, for_all="SCRAP", reason="Too thin").status_code == 302
    for role in (Role.QUALITY_MANAGER, Role.PLANNER):
        voter = signed_in(role, number=role)
        assert "Your vote on the board" in page(voter, case)
        seen = signatures.content_hash(board_queries.seen(BoardReview.objects.get()))
        sent = post(voter, "vote", case, agrees="yes", seen_hash=seen, password=make.PASSWORD, reason="Right")
        assert sent.status_code == 302, sent.content.decode()[-9000:]

    case.refresh_from_db()
    assert case.status == "DISPOSED"


def test_a_repeat_is_said_at_the_top_and_offers_a_capa():
    defect = ReasonCode.objects.create(use="DEFECT", code="BALL", name="Solder ball")
    first, second, third = (make.report(stock(f"R{n}"), title=f"Balls {n}") for n in range(3))
    client = signed_in(Role.QUALITY_ENGINEER)
    for case in (first, second, third):
        seen = token({"defect": "", "cause": "", "severity": "MAJOR", "partner": ""})
        post(client, "classify", case, defect=defect.pk, cause="", severity="MAJOR", partner="", version=seen)

    shown = page(client, third)

    assert ("This was there before" in shown, second.number in shown, "Open a CAPA" in shown) == (True, True, True)


def test_a_concession_goes_its_way_on_its_page():
    lot, client = stock(), signed_in(Role.QUALITY_ENGINEER)
    at = timezone.now()
    said = {"title": "Scratches", "reason": "Hidden", "kind": "CONCESSION", "site": "SITE", "material": "PCB",
            "lots": "R1", "quantity": "5", "valid_from": f"{at - timedelta(days=1):%Y-%m-%dT%H:%M}",
            "valid_to": f"{at + timedelta(days=9):%Y-%m-%dT%H:%M}"}
    assert client.post(reverse("qms:concession-ask"), said).status_code == 302
    one = Concession.objects.get()
    other = signed_in(Role.QUALITY_MANAGER)
    seen = signatures.content_hash(concession_queries.seen(one))

    other.post(reverse("qms:concession-approve", args=[one.number]),
               {"seen_hash": seen, "password": make.PASSWORD, "reason": "Agreed"})
    client.post(reverse("qms:concession-use", args=[one.number]), {"lot": "R1", "quantity": "2", "note": "Trial"})

    one.refresh_from_db()
    assert (one.status, one.used) == ("APPROVED", 2)
    assert "Trial" in client.get(reverse("qms:concession-detail", args=[one.number])).content.decode()
    page_of_lot = reverse("traceability:lot-detail", args=[lot.number]) + "?tab=measurements"
    assert one.number in client.get(page_of_lot).content.decode()


def test_where_the_pieces_are_stands_on_one_page():
    case = make.report(stock(), make.board("B1", at_oven=False))

    shown = signed_in(Role.QUALITY_ENGINEER).get(reverse("qms:nonconformance-where", args=[case.number]))

    assert all(word in shown.content.decode() for word in ("R1", "B1", "In the store", "In production"))
