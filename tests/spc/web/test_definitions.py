"""Chart definitions on the screen: made, changed, and the offer taken."""

import pytest
from django.urls import reverse

from plant.models import Role
from spc.models import ChartDefinition, ControlChart
from tests.factories import station
from tests.qms.factories import plan_line
from tests.qms.web.test_pages import signed_in
from tests.spc.commands.test_definitions import reporting, spread

pytestmark = pytest.mark.django_db
POSTED = {
    "code": "ZONES", "name": "Zones", "kind": "EWMA", "subgroup_size": "1", "sampling": "IN_A_ROW", "rules": "default",
    "set_lambda": "0.1", "set_L": "2.7", "keys": ["product"],
}


def made(client, **fields):
    parameter = plan_line().characteristic.parameter
    asked = {**POSTED, "parameter": parameter.code, "equipment": station().code, **fields}
    return client.post(reverse("spc:definition-new"), asked)


def test_a_definition_is_made_from_its_form():
    client = signed_in(Role.QUALITY_ENGINEER)
    assert made(client).url == reverse("spc:definition-detail", args=["ZONES"])
    found = ChartDefinition.objects.get()
    assert (found.keys, found.rules, found.settings) == (["product"], [], {"lambda": 0.1, "L": 2.7})
    assert made(client).status_code == 409
    assert made(client, code="B", kind="XBAR_R").status_code == 409


def test_pages_show_the_definition_its_charts_and_what_they_are_offered():
    client = signed_in(Role.QUALITY_ENGINEER)
    made(client, kind="I_MR", keys=[])
    reporting("OVEN.A")
    [chart] = spread(ChartDefinition.objects.get())
    for name in ("list", "new"):
        assert client.get(reverse(f"spc:definition-{name}")).status_code == 200
    url = reverse("spc:definition-change", args=["ZONES"])
    version = client.get(url).context["form"].initial["version"]
    asked = {"name": "Zones", "rules": "nelson", "sampling": "IN_A_ROW", "reason": "More"}
    assert client.post(url, {**asked, "version": version}).status_code == 302
    page = client.get(reverse("spc:definition-detail", args=["ZONES"])).content.decode()
    assert chart.code in page
    assert f'value="{chart.code}"' in page
    taken = {"chart": [chart.code], "reason": "As tried"}
    assert client.post(reverse("spc:definition-apply", args=["ZONES"]), taken).status_code == 302
    assert len(ControlChart.objects.get(pk=chart.pk).rules) == 8


def test_nobody_else_defines_charts():
    assert made(signed_in(Role.OPERATOR)).status_code == 403
