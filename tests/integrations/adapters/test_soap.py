"""The SOAP adapter against a server over the wire: our own service, and one that answers as it should not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from integrations.adapters.port import Again, Link, Never, Outgoing
from integrations.adapters.soap import ADAPTER
from integrations.adapters.soap.adapter import filled
from plant.models import MaterialDefinition
from tests import factories
from tests.integrations.erp import callers

FETCH = {"noun": "material-definitions", "operation": "ListMaterialDefinitions", "rows": "row", "key": "code",
         "arguments": {"limit": 50, "after": "{cursor}"}}
SEND = {"noun": "material-definitions", "operation": "PutMaterialDefinitions", "argument": "row",
        "status": "$[0].status", "good": ["created", "changed", "unchanged"], "reference": "$[0].key"}


@contextmanager
def listening(answer: Any) -> Iterator[str]:
    """A server that answers every request by a function of method, path, body and headers: (status, type, body)."""
    class Door(BaseHTTPRequestHandler):
        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, kind, content = answer(self.command, self.path, body, self.headers)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = _do  # noqa: N815

        def log_message(self, *words: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def plant(method: str, path: str, body: bytes, headers: Any) -> tuple[int, str, bytes]:
    """Our own service, as another system would be."""
    client = Client(raise_request_exception=False)
    said = {"HTTP_AUTHORIZATION": headers.get("Authorization", "")}
    if method == "GET":
        answer = client.get(path)
    else:
        answer = client.post(path, body, content_type=headers["Content-Type"], **said)
    return answer.status_code, answer["Content-Type"], answer.content


@pytest.fixture
def link(committed_db: None) -> Iterator[Link]:
    factories.material("PCB")
    factories.material("CAP")
    token = callers.caller("master:read", "master:write").text
    with listening(plant) as address:
        yield Link(
            "erp", f"{address}/soap/", auth="BASIC", secrets={"user": "erp", "password": token},
            settings={"fetch": [FETCH], "send": [SEND]}, open_networks=(ip_network("127.0.0.0/8"),),
        )


def test_rows_come_and_objects_go(link: Link) -> None:
    assert ADAPTER.test(link).works
    found = list(ADAPTER.fetch(link, ""))
    assert [one.key for one in found] == ["PCB", "CAP"]
    words = {"code": "M-1", "name": "板", "unit": "C62"}
    message = Outgoing("m-1", "material-definitions", "M-1", "1", words)
    assert ADAPTER.send(link, message).reference == "M-1"
    assert MaterialDefinition.objects.get(code="M-1").name == "板"
    with pytest.raises(Never, match="refused"):
        ADAPTER.send(link, Outgoing("m-2", "material-definitions", "M-2", "1", {**words, "unit": "NO"}))


def test_what_is_wrong_is_said(link: Link) -> None:
    unknown = {**FETCH, "operation": "Nonsense"}
    with pytest.raises(Never, match="Nonsense"):
        ADAPTER.test(replace(link, settings={"fetch": [unknown]}))
    with pytest.raises(Never, match="Nonsense"):
        list(ADAPTER.fetch(replace(link, settings={"fetch": [unknown]}), ""))
    wrong = {**FETCH, "arguments": {"colour": "red"}}
    with pytest.raises(Never, match="colour"):
        list(ADAPTER.fetch(replace(link, settings={"fetch": [wrong]}), ""))
    missing = {**FETCH, "operation": "GetMaterialDefinitions", "arguments": {"key": "NOWHERE"}}
    with pytest.raises(Never, match="NOWHERE"):
        list(ADAPTER.fetch(replace(link, settings={"fetch": [missing]}), ""))
    with pytest.raises((Again, Never)):
        list(ADAPTER.fetch(replace(link, secrets={"user": "erp", "password": "x.y"}), ""))


@pytest.mark.parametrize(("status", "content"), [
    (503, b"busy"), (200, b"<html>maintenance</html>"), (500, b"<x/>"),
    (200, b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'),
])
def test_answers_that_are_none(link: Link, status: int, content: bytes) -> None:
    def answer(method: str, path: str, body: bytes, headers: Any) -> tuple[int, str, bytes]:
        return plant(method, path, body, headers) if method == "GET" else (status, "text/xml", content)

    with listening(answer) as address, pytest.raises((Again, Never)):
        list(ADAPTER.fetch(replace(link, endpoint=f"{address}/soap/"), ""))


def test_a_description_that_reads_files_or_leads_elsewhere_is_not_followed(link: Link) -> None:
    real = etree.fromstring(Client().get("/soap/").content)
    asked: list[str] = []

    def answer(content: bytes) -> Any:
        def said(method: str, path: str, body: bytes, headers: Any) -> tuple[int, str, bytes]:
            asked.append(path)
            return 200, "text/xml", content
        return said

    dangerous = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + etree.tostring(real)
    importing = etree.tostring(real).replace(
        b"<wsdl:types>", b'<wsdl:import namespace="urn:x" location="http://127.0.0.2:9/x.wsdl"/><wsdl:types>')
    for content in (dangerous, importing):
        with listening(answer(content)) as address, pytest.raises((Never, Again)):
            ADAPTER.test(replace(link, endpoint=f"{address}/soap/"))


def test_marks_in_arguments() -> None:
    given = {"after": "{cursor}", "deep": {"id": "x-{id}"}, "n": 5, "blank": ""}
    assert filled(given, {"cursor": "", "id": "7"}) == {"deep": {"id": "x-7"}, "n": 5, "blank": ""}
