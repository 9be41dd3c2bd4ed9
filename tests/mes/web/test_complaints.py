"""Complaints, returns and surveys on the screen, in both languages, and in the dossier of the lot."""

import pytest
from django.urls import reverse

from plant.models import Role
from qms.models import Complaint, Rma, Satisfaction
from tests.mes import complained as make
from tests.mes import packed
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens(language):
    lot = make.left()
    case = make.accepted("G1")
    one = make.analysed(make.allowed(case, lot))
    make.complaint("NOT-OURS")
    client = signed_in(Role.QUALITY_MANAGER, language=language)
    addresses = [reverse(f"qms:{name}") for name in (
        "complaint-list", "complaint-report", "rma-list", "survey-list", "survey-record", "field-list",
        "panel-partners",
    )]
    addresses += [reverse("qms:complaint-detail", args=[row.number]) for row in Complaint.objects.all()]
    addresses += [
        reverse("qms:rma-detail", args=[one.number]), reverse("plant:sheet", args=["complaint", case.pk]),
        reverse("traceability:lot-detail", args=["G1"]) + "?tab=measurements",
    ]

    assert {url: client.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 200)
    assert b"Joint R12 open." in client.get(addresses[-1]).content


def test_from_the_label_to_the_close():
    make.left()
    engineer, manager = signed_in(Role.QUALITY_ENGINEER, number="E"), signed_in(Role.QUALITY_MANAGER, number="M")
    warehouse = signed_in(Role.WAREHOUSE, number="W")
    packed.store()
    made = engineer.post(reverse("qms:complaint-report"), {
        "number": "G1", "title": "Dark", "source": "CUSTOMER", "severity": "MAJOR", "quantity": 1,
    })
    case = Complaint.objects.get()
    assert made.url == reverse("qms:complaint-detail", args=[case.number])

    def act(client, name, **said):
        return client.post(reverse(f"qms:complaint-{name}", args=[case.number]), said)

    act(engineer, "accept", owner="E")
    act(engineer, "case")
    act(engineer, "rma", lot="G1", quantity="2", in_warranty="on")
    one = Rma.objects.get()
    back = reverse("qms:rma-detail", args=[one.number])
    warehouse.post(back + "receive/", {"store": "FG"})
    engineer.post(back + "analyse/", {"analysis": "Joint open"})
    assert engineer.post(back + "decide/", {"decision": "REPAIR", "reason": "Ours"}).status_code == 409
    manager.post(back + "decide/", {"decision": "REPAIR", "reason": "Ours"})
    engineer.post(back + "finish/", {"done": "Soldered anew"})
    act(engineer, "answer", text="Soldered anew, screened since.")
    assert act(engineer, "close", reason="Content").status_code == 409
    act(manager, "close", reason="Content")

    case.refresh_from_db(), one.refresh_from_db()
    assert (case.status, one.status, case.nonconformance is not None) == ("CLOSED", "CLOSED", True)


def test_a_score_is_written_down():
    packed.customer()
    client = signed_in(Role.QUALITY_MANAGER)
    client.post(reverse("qms:survey-record"), {"customer": "C-NORTH", "topic": "OVERALL", "score": 9})

    assert Satisfaction.objects.get().score == 9
    assert b"9" in client.get(reverse("qms:panel-partners")).content
