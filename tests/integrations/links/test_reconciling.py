"""Both books of stock: materials that either side knows are compared, a difference is a task until it is gone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from integrations.links import reconciling, work
from integrations.links.commands import inbox
from integrations.models import Difference
from plant.models import Equipment, EquipmentLevel, Role
from tests.factories import NOW, material, received
from tests.integrations.links import erp_stub, factories
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db
STOCK = {"path": "totals/stock", "rows": "totals", "counts": "STOCK", "material": "item", "quantity": "on_hand"}


def compared(link):
    made = reconciling.compare(connection=link, by=factories.integrator(), at=timezone.now())
    rows = Difference.objects.order_by("material", "pk").values_list("measure", "material", "ours", "theirs", "status")
    return made, list(rows)


def test_stock_is_compared_by_material_and_a_difference_ends_when_it_is_gone():
    for code in ("M1", "M2", "M3", "OURS"):
        received(f"L-{code}", 10, material=material(code))
    with erp_stub.erp() as there:
        link = factories.connection(endpoint=there.url, settings={"totals": [STOCK]})
        words = {"code": "M3", "name": "Three", "unit": "C62"}
        inbox.receive(connection=link, incoming=factories.incoming(words, key="M3", version="1"), by=link.acts_as,
                      at=NOW)
        work.carry_in(clock=lambda: NOW)
        there.totals["stock"] = [{"item": "M1", "on_hand": "10.0"}, {"item": "M2", "on_hand": 7}]
        made, rows = compared(link)
        assert (made.compared, made.differing) == (3, 2)  # OURS is nothing that they know
        assert rows == [("STOCK", "M2", 10, 7, "OPEN"), ("STOCK", "M3", 10, 0, "OPEN")]
        url = reverse("integrations:difference-detail", args=[Difference.objects.get(material="M2").pk])
        page = signed_in(Role.PLANNER).get(url).content.decode()
        assert ("L-M2" in page, "L-M1" in page) == (True, False)

        there.totals["stock"] = [{"item": "M1", "on_hand": 4}, {"item": "M2", "on_hand": 10}, {"item": "M3",
                                                                                           "on_hand": 10}]
        assert compared(link)[1] == [
            ("STOCK", "M1", 10, 4, "OPEN"), ("STOCK", "M2", 10, 7, "GONE"), ("STOCK", "M3", 10, 0, "GONE")]


def test_stock_of_another_site_is_none_of_it():
    received("L-M1", 3, material=material("M1"))
    with erp_stub.erp() as there:
        far = Equipment.objects.create(code="FAR", name="Far", level=EquipmentLevel.SITE)
        link = factories.connection(endpoint=there.url, settings={"totals": [STOCK]}, site=far)
        there.totals["stock"] = [{"item": "M1", "on_hand": 3}]
        assert compared(link)[1] == [("STOCK", "M1", 0, 3, "OPEN")]
