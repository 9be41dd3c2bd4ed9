"""Pages of sources that are no Modbus controllers."""

import pytest
from django.test import Client

from integrations.models import Access, Plc, PlcTag
from plant.models import Role
from tests import factories
from tests.integrations import factories as edge
from tests.integrations.sources.test_access import parameter
from tests.integrations.sources.test_opcua import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture(name="plc")
def opc_server():
    return edge.plc("UA", kind="opcua", port=free_port(), timeout_ms=200)


def signed_in(role=Role.INTEGRATOR):
    client = Client()
    client.force_login(factories.person("IT", role, language="en"))
    return client


def test_a_source_that_does_not_answer_says_so_in_its_own_words(plc):
    page = signed_in().get(f"/integrations/plc/{plc.code}/browse/").content.decode()
    assert "The source does not show what it offers" in page


def test_a_place_is_taken_up_once(plc):
    parameter()
    client, url = signed_in(), f"/integrations/plc/{plc.code}/browse/?in=i%3D85&path=ns%3D2%3Bs%3Dzone1&field="
    assert 'value="ns-2-s-zone1"' in client.get(url).content.decode()

    asked = {"path": "ns=2;s=zone1", "field": "", "name": "zone1", "kind": "process"}
    measured = {**asked, "parameter": parameter_pk()}
    answers = [client.post(url, sent).status_code for sent in (asked, measured, measured)]

    assert answers == [409, 302, 409]
    assert PlcTag.objects.get().stream.code == "UA:zone1"
    assert "ns=2;s=zone1" in client.get(f"/integrations/plc/{plc.code}/").content.decode()


def parameter_pk():
    from plant.models import Parameter

    return Parameter.objects.get().pk


def test_secrets_are_entered_and_never_shown(plc):
    client = signed_in()
    for act, sent in [("secrets", {"username": "poll", "password": "geheim"}), ("certificate", {})]:
        assert client.post(f"/integrations/plc/{plc.code}/{act}/", sent).status_code == 302
    page = client.get(f"/integrations/plc/{plc.code}/").content.decode()
    file = client.get(f"/integrations/plc/{plc.code}/certificate.pem")

    assert ("entered and sealed" in page, "poll" in page, "geheim" in page) == (True, True, False)
    assert file.content.decode() == Access.objects.get().certificate


def test_who_only_looks_can_neither_browse_nor_enter(plc):
    client = signed_in(Role.OPERATOR)
    codes = [client.get(f"/integrations/plc/{plc.code}/browse/").status_code]
    codes += [client.post(f"/integrations/plc/{plc.code}/{act}/").status_code for act in ("secrets", "certificate")]

    assert codes == [403, 403, 403]
    assert client.get(f"/integrations/plc/{plc.code}/").status_code == 200
    assert not Plc.objects.filter(access__isnull=False).exists()
