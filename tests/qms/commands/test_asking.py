"""Inspections that somebody asks for: once for each request, of what the plan in effect names."""

import pytest
from django.urls import reverse

from plant.models import Role
from qms.commands import asking
from qms.models import Inspection
from tests.factories import NOW, material
from tests.qms import factories as make
from tests.qms.commands.test_inspections import inspector
from tests.qms.web.test_pages import signed_in
from traceability.models import MaterialLot

pytestmark = pytest.mark.django_db


@pytest.fixture(name="lot")
def planned():
    make.plan_line(method="INSPECTION", sample_size=2, trigger="DEMAND")
    lot = make.board("B1")
    MaterialLot.objects.filter(pk=lot.pk).update(material=material())
    return MaterialLot.objects.get(pk=lot.pk)


def ask(lot, **fields):
    said = {"kind": "STOCK", "operation": "REFLOW", "reason": "Long on the shelf", "key": "k1", **fields}
    return asking.ask(lot=lot, by=inspector(), at=NOW, **said)


def test_one_request_makes_one_task_and_holds_only_when_asked_to(lot):
    assert ask(lot) == ask(lot)
    assert (Inspection.objects.get().kind, MaterialLot.objects.get().status) == ("STOCK", lot.status)

    ask(lot, key="k2", blocking=True)

    assert MaterialLot.objects.get().status == "HELD"


@pytest.mark.parametrize(
    ("fields", "field"), [({"reason": " "}, "reason"), ({"kind": "RE"}, "kind"), ({"operation": "X"}, "operation")]
)
def test_what_nobody_could_carry_out_is_refused_at_its_field(lot, fields, field):
    with pytest.raises(asking.NotAsked) as refused:
        ask(lot, **fields)
    assert refused.value.facts["field"] == field


def test_asked_for_from_the_page_of_the_lot(lot):
    client, page = signed_in(Role.QUALITY_ENGINEER), reverse("qms:inspection-ask")
    assert "Zone 3" in client.get(page, {"lot": "B1"}).content.decode()
    assert client.get(page, {"lot": "NONE"}).status_code == 404

    said = {"lot": "B1", "kind": "LAB", "operation": "REFLOW", "reason": "Hardness", "key": "a"}
    answer = client.post(page, said)

    assert answer.url == reverse("qms:inspection-detail", args=[Inspection.objects.get(kind="LAB").number])
    lot_page = client.get(reverse("traceability:lot-detail", args=["B1"]) + "?tab=measurements").content.decode()
    assert f"{page}?lot=B1" in lot_page
