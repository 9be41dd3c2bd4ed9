"""Settings without JSON: every part a card, what stands comes back as it was, faults stand where they were made."""

import pytest
from django.urls import reverse

from integrations.links.commands import beginning, connections
from integrations.models import Connection
from integrations.templates import templates
from plant.models import Role
from plant.web.written import IntegersField, WordsField
from tests.factories import NOW, site
from tests.integrations.links import erp_stub, factories
from tests.integrations.web.entered import entered
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db

TOTALS = [
    {"counts": "STOCK", "path": "/stock", "material": "code", "measures": {"gut = 1": "YIELD", "a[b=c]": "SCRAP"}},
]
SEND = [
    {"noun": "job-reports", "path": "/orders/{key}", "known": [200, 409], "method": "POST", "remark": "ours"},
    {"noun": "of-old", "path": "/old", "id_header": ""},
]
SOAP = {"fetch": [{"noun": "material-definitions", "operation": "List", "key": "k",
                   "arguments": {"plant": "1010", "limit": 5, "only": ["A", True], "note": "two\nlines"}}]}
SQL = {"database": "sqlite", "fetch": [
    {"noun": "material-definitions", "statement": "SELECT *\nFROM t\nWHERE c >= :cursor", "key": "k", "cursor": "c"}]}


def opened(client, code):
    url = reverse("integrations:connection-edit", args=[code])
    return url, entered(client.get(url).content.decode())


@pytest.mark.parametrize("code", templates())
def test_a_template_goes_through_the_form_unchanged(code):
    client, by = signed_in(Role.INTEGRATOR), factories.integrator("IT9")
    beginning.begin(
        template=code, code="erp", name="ERP", site=site(), endpoint="https://erp.example/", by=by, at=NOW)
    before = Connection.objects.get()
    url, fields = opened(client, "erp")
    assert client.post(url, fields).status_code == 302
    after = Connection.objects.get()
    assert after.settings == templates()[code].settings
    assert after.sign_in == before.sign_in
    assert client.get(reverse("integrations:connection-detail", args=["erp"])).status_code == 200


@pytest.mark.parametrize(("kind", "settings"), [
    ("http-json", {**erp_stub.SETTINGS, "send": SEND, "totals": TOTALS}), ("soap", SOAP), ("sql", SQL)])
def test_settings_of_every_kind_go_through_the_form_unchanged(kind, settings):
    client, link = signed_in(Role.INTEGRATOR), factories.connection(kind=kind, settings=settings)
    url, fields = opened(client, link.code)
    assert client.post(url, fields).status_code == 302
    assert Connection.objects.get().settings == settings


def test_a_fault_stands_at_its_field_and_nothing_typed_is_lost():
    client, link = signed_in(Role.INTEGRATOR), factories.connection(settings={"fetch": [
        {"noun": "material-definitions", "path": "/m", "id": "k"}]})
    url, fields = opened(client, link.code)
    wrong = {**fields, "set_fetch-1-noun": ["work-requests"], "set_fetch-1-path": ["/orders"],
             "set_fetch-1-id": ["a[["], "set_fetch-1-most": ["7"], "set_fetch-1-words": ["state = out\nnonsense"],
             "set_send-0-noun": ["job-reports"], "set_send-0-known": ["200, x"]}
    answer = client.post(url, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    for name in ("fetch-1-id", "fetch-1-words", "send-0-known", "send-0-path"):
        assert f'id="id_set_{name}_error"' in page, name
    assert 'id="id_set_fetch-0-id_error"' not in page
    again = entered(page)
    assert {name: again[name] for name in wrong if "-1-" in name or "send-0-known" in name} == {
        name: [one.replace("\n", "\r\n") for one in texts]
        for name, texts in wrong.items() if "-1-" in name or "send-0-known" in name}
    asked = client.post(url, wrong, headers={"X-Check-Form": "1"}).json()["errors"]
    assert {"set_fetch-1-id", "set_fetch-1-words", "set_send-0-known", "set_send-0-path"} <= set(asked)
    right = {**again, "set_fetch-1-id": ["a"], "set_fetch-1-words": ["state = out"], "set_send-0-known": ["200 409"],
             "set_send-0-path": ["/r"], "set_fetch-0-gone_part": ["on"]}
    assert client.post(url, right).status_code == 302
    assert Connection.objects.get().settings == {
        "fetch": [{"noun": "work-requests", "path": "/orders", "id": "a", "most": 7, "words": {"state": "out"}}],
        "send": [{"noun": "job-reports", "path": "/r", "known": [200, 409]}]}


def test_steps_within_a_part_are_filled_in_too():
    client = signed_in(Role.INTEGRATOR)
    said = {**templates()["sap_s4"].settings}
    link = factories.connection(kind="http-steps", settings=said)
    url, fields = opened(client, link.code)
    number = "set_send-0-steps-1"
    more = {f"{number}-path": ["/close"], f"{number}-method": ["PUT"], f"{number}-unless": ['state := ["X", 5]']}
    assert client.post(url, {**fields, **more}).status_code == 302
    steps = Connection.objects.get().settings["send"][0]["steps"]
    assert steps == [*said["send"][0]["steps"], {"path": "/close", "method": "PUT", "unless": {"state": ["X", 5]}}]
    url, fields = opened(client, link.code)
    bad = client.post(url, {**fields, f"{number}-path": [""]})
    assert (bad.status_code, f'id="id_{number}-path_error"' in bad.content.decode()) == (422, True)


def test_words_and_numbers_are_read_as_they_are_written():
    field = WordsField()
    said = {"$top": "1", "n": 1, "x ": " y", "q": '"', "a = b": "c=d", "'a.b'": None, "e": "", "u:": "v", '"z': [1]}
    assert field.clean(field.write(said)) == said
    assert IntegersField().clean("200，409 500") == [200, 409, 500]
    assert connections.told({"fetch": {0: {"path": ["no"]}}}) == "fetch[0].path: no"
