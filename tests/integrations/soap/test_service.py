"""The SOAP service: called by a client that nobody of us wrote, each row for itself, faults that say what is wrong."""

from typing import Any

import pytest
from django.test import Client
from lxml import etree

from integrations.soap.operations import operations
from plant.models import MaterialDefinition
from tests import factories
from tests.integrations.erp import callers

URL = "/soap/"


@pytest.fixture
def token(db: None) -> str:
    factories.material("PCB")
    factories.site()
    return callers.caller("master:read", "master:write", "orders:read", "orders:write").text


def post(content: bytes, token: str = "", version: str = "text/xml", **headers: str) -> Any:
    if token:
        headers["HTTP_AUTHORIZATION"] = f"Api-Key {token}"
    return Client(raise_request_exception=False).post(URL, content, content_type=version, **headers)


def zeep_client(token: str, port: str) -> Any:
    """zeep, which reads our WSDL and calls the view in this process."""
    import zeep
    from zeep.transports import Transport

    class InProcess(Transport):
        def load(self, url: str) -> bytes:
            return Client().get(URL, {"wsdl": ""}).content

        def post(self, address: str, message: bytes, headers: dict[str, str]) -> Any:
            answer = post(message, token, headers["Content-Type"])

            class Answer:
                status_code, content, encoding = answer.status_code, answer.content, "utf-8"
                headers = {"Content-Type": answer["Content-Type"]}

            return Answer()

    return zeep.Client("http://testserver/soap/?wsdl", transport=InProcess(), port_name=port)


@pytest.mark.parametrize("port", ["Soap11", "Soap12"])
def test_a_foreign_client_puts_gets_and_lists(token: str, port: str) -> None:
    client = zeep_client(token, port)
    rows = [{"code": "M-1", "name": "板 & <1>", "unit": "C62", "active": True}]
    rows.append({"code": "M-2", "name": "x", "unit": "NO"})

    good, bad = client.service.PutMaterialDefinitions(row=rows)

    assert (good["key"], good["status"], good["error"]) == ("M-1", "created", [])
    assert (bad["status"], [one["field"] for one in bad["error"]]) == ("refused", ["unit"])
    assert client.service.PutMaterialDefinitions(row=rows[:1])[0]["status"] == "unchanged"
    told = client.service.GetMaterialDefinitions(key="M-1")
    assert (told["code"], told["name"], told["active"]) == ("M-1", "板 & <1>", True)
    page = client.service.ListMaterialDefinitions(limit=1)
    assert len(page["row"]) == 1
    following = client.service.ListMaterialDefinitions(after=page["next"])
    assert [row["code"] for row in following["row"]] == ["M-1"]


@pytest.mark.parametrize("port", ["Soap11", "Soap12"])
def test_faults_say_what_is_wrong(token: str, port: str) -> None:
    from zeep.exceptions import Fault

    with pytest.raises(Fault, match="NOWHERE") as refused:
        zeep_client(token, port).service.GetMaterialDefinitions(key="NOWHERE")
    assert any(word in str(refused.value.code) for word in ("Client", "Sender"))
    with pytest.raises(Fault, match="scope"):
        zeep_client(token, port).service.ListMaterialLots()


def test_the_description_is_valid_and_names_every_object(token: str) -> None:
    root = etree.fromstring(Client().get(URL).content)
    [schema] = root.iter("{http://www.w3.org/2001/XMLSchema}schema")
    etree.XMLSchema(etree.fromstring(etree.tostring(schema)))
    named = {one.get("name") for one in root.iter("{http://schemas.xmlsoap.org/wsdl/}operation")}
    assert named == set(operations())
    assert {"PutMaterialDefinitions", "PutWorkRequests", "PutShipments", "PutMaterialLots"} <= named


def envelope(body: str, header: str = "") -> bytes:
    return (f'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:zhizao:soap:1">'
            f"<s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>").encode()


PUT = "<PutMaterialDefinitions><row><code>M-9</code><name>N</name><unit>C62</unit></row></PutMaterialDefinitions>"


def test_a_number_of_a_message_is_taken_once(token: str) -> None:
    header = '<a:MessageID xmlns:a="http://www.w3.org/2005/08/addressing">urn:uuid:1</a:MessageID>'
    first, again = (post(envelope(PUT, header), token) for _n in range(2))
    assert b"created" in first.content
    assert again.content == first.content
    other = post(envelope(PUT.replace("M-9", "M-8"), header), token)
    assert (other.status_code, b"Client" in other.content) == (500, True)
    assert not MaterialDefinition.objects.filter(code="M-8").exists()


def test_who_calls_may_be_told_in_three_ways(token: str) -> None:
    import base64

    secured = ('<w:Security xmlns:w="urn:wsse" s:mustUnderstand="1"><w:UsernameToken><w:Username>erp</w:Username>'
               f"<w:Password>{token}</w:Password></w:UsernameToken></w:Security>")
    basic = base64.b64encode(f"erp:{token}".encode()).decode()
    assert post(envelope(PUT), token).status_code == 200
    assert post(envelope(PUT, secured)).status_code == 200
    assert post(envelope(PUT), HTTP_AUTHORIZATION=f"Basic {basic}").status_code == 200
    for answer in (post(envelope(PUT)), post(envelope(PUT), "x.y"), post(envelope(PUT), HTTP_AUTHORIZATION="Basic %%")):
        assert (answer.status_code, b"not-authenticated" in answer.content) == (401, True)


@pytest.mark.parametrize("content", [
    b"", b"<x/>", envelope(""), envelope("<Nonsense/>"), envelope(PUT, '<x s:mustUnderstand="1"/>'),
    b'<!DOCTYPE x [<!ENTITY a "b">]>' + envelope("<GetEquipment><key>&a;</key></GetEquipment>"),
    envelope("<PutMaterialDefinitions/>"),
    envelope("<ListMaterialDefinitions><limit>many</limit></ListMaterialDefinitions>"),
    envelope("<PutMaterialDefinitions><row/></PutMaterialDefinitions>" * 2), b"<a>" * 5000,
])
def test_what_can_not_be_answered_is_a_fault_of_theirs(token: str, content: bytes) -> None:
    answer = post(content, token)
    assert answer.status_code == 500
    assert b"soap:Client" in answer.content


def test_rows_of_other_sites_stay_there(db: None) -> None:
    from plant.models import Equipment

    other = Equipment.objects.create(code="SITE-2", name="Other", level="SITE")
    factories.site()
    factories.received("FAR", site=other)
    factories.received("NEAR")
    caller = callers.caller("lots:read")
    caller.key.person.site = factories.site()
    caller.key.person.save()
    token = caller.text
    assert b"NEAR" in post(envelope("<ListMaterialLots/>"), token).content
    assert b"FAR" not in post(envelope("<ListMaterialLots/>"), token).content
    assert post(envelope("<GetMaterialLots><key>FAR</key></GetMaterialLots>"), token).status_code == 500
