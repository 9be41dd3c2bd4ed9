"""A connection is made of a template: what would be copied is shown first, and what was copied is the plant's own."""

import pytest
from django.urls import reverse

from integrations.models import CodeMap, Connection, Mapping, MappingRow
from integrations.templates import templates
from plant.models import Role
from tests.factories import person, site
from tests.integrations.links import factories

pytestmark = pytest.mark.django_db
PAGE = "integrations:connection-begin"


def said(**more):
    return {"code": "sap", "name": "SAP", "site": site().code, "endpoint": "https://sap.example.com", **more}


@pytest.mark.parametrize("code", sorted(templates()))
def test_every_template_shows_its_rows_and_makes_a_connection_that_is_off(client, code):
    client.force_login(factories.integrator())
    where = f"{reverse(PAGE)}?template={code}"
    template = templates()[code]

    page = client.get(where).content.decode()
    answer = client.post(where, said())

    assert all(row["field"] in page for part in template.mappings for row in part.rows)
    made = Connection.objects.get(code="sap")
    assert answer.url == reverse("integrations:connection-detail", args=["sap"])
    assert (made.enabled, made.kind, made.sent_nouns) == (False, template.kind, template.sent_nouns)
    assert client.get(answer.url).status_code == 200
    assert Mapping.objects.filter(connection=made, status="DRAFT").count() == len(template.mappings)
    assert MappingRow.objects.count() == sum(len(part.rows) for part in template.mappings)
    assert set(CodeMap.objects.values_list("code", flat=True)) >= set(template.code_lists)


def test_a_code_that_is_taken_is_refused_and_nothing_is_copied(client):
    client.force_login(factories.integrator())
    factories.connection(code="sap")

    answer = client.post(f"{reverse(PAGE)}?template=kingdee", said())

    assert answer.status_code == 409
    assert "Choose another code" in answer.content.decode()
    assert not Mapping.objects.exists()


def test_a_planner_may_not(client):
    client.force_login(person("PL", Role.PLANNER, language="en"))
    assert client.post(f"{reverse(PAGE)}?template=odoo", said()).status_code == 403
    assert not Connection.objects.exists()
