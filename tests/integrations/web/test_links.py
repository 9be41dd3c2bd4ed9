"""The pages of connections: settings by kind, secrets never shown, dry runs, mending by two, the dictionary."""

import uuid
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrations.adapters.port import Total
from integrations.links import opening, work
from integrations.links.commands import connections, doors, inbox, mapping_rows, mappings, reconciling
from integrations.links.queries import history
from integrations.links.queries.mappings import content
from integrations.models import Connection, Difference, Exchange, Mapping
from plant import sealing
from plant.commands.signatures import content_hash
from plant.models import MaterialDefinition, Role
from tests.factories import NOW, PASSWORD, material, person, site
from tests.integrations.links import erp_stub, factories
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


def fetched():
    """What is fetched, part by part."""
    rows = enumerate(erp_stub.SETTINGS["fetch"])
    return {f"set_fetch-{n}-{name}": str(value) for n, row in rows for name, value in row.items()}


def form(**said):
    usual = {
        "code": "sap", "name": "SAP", "kind": "http-json", "site": site().code, "receives": "on", "auth": "API_KEY",
        "endpoint": "https://erp.example/", "rhythm": "MINUTES", "every": "5", "timeout": "10", "per_minute": "60",
        "keep_days": "90", **fetched(),
    }
    return {**usual, **said}


def mapped(link):
    """A mapping in effect, written by one and signed by another."""
    writer, other = factories.integrator(), factories.integrator("IT2")
    made = mappings.create(connection=link, noun="material-definitions", direction="IN", by=writer, at=NOW)
    for field, path in (("code", "MATNR"), ("name", "MAKTX"), ("unit", "")):
        values = {"field": field, "path": path, "default": "" if path else "C62", "required": True}
        key = uuid.uuid4()
        mapping_rows.save(mapping=made, key=key, version=0, values=values, by=writer, at=NOW)
    made = mappings.submit(mapping=made, by=writer, at=NOW)
    return made, writer, other


def test_a_connection_is_entered_and_its_secrets_are_never_shown():
    client = signed_in(Role.INTEGRATOR)
    bad = client.post(reverse("integrations:connection-create"), form(**{"set_fetch-0-path": ""}))
    assert (bad.status_code, 'id="id_set_fetch-0-path_error"' in bad.content.decode()) == (422, True)
    assert client.post(reverse("integrations:connection-create"), form()).status_code == 302
    url = reverse("integrations:connection-detail", args=["sap"])
    assert client.post(reverse("integrations:connection-switch-on", args=["sap"])).status_code == 409
    assert client.post(reverse("integrations:connection-secrets", args=["sap"]), {"token": "tok-77"}).status_code == 302
    assert client.post(reverse("integrations:connection-switch-on", args=["sap"])).status_code == 302
    row = Connection.objects.get()
    assert (row.enabled, "tok-77" in client.get(url).content.decode(), "tok-77" in row.sealed) == (True, False, False)
    edit = reverse("integrations:connection-edit", args=["sap"])
    assert client.get(edit).status_code == 200
    assert client.post(edit, form(name="SAP S/4")).status_code == 302
    assert Connection.objects.get().name == "SAP S/4"


def test_a_sample_is_tried_and_nothing_of_it_is_kept():
    link, client = factories.connection(), signed_in(Role.INTEGRATOR)
    material()
    said = {"noun": "material-definitions", "name": "one", "body": '{"code": "M9", "name": "Nine", "unit": "C62"}'}
    assert client.post(reverse("integrations:connection-sample", args=[link.code]), said).status_code == 302
    kept = link.samples.get()
    page = client.get(reverse("integrations:connection-dry-run", args=[link.code, kept.pk])).content.decode()
    assert "It would be carried out" in page or "将会被执行" in page
    assert not MaterialDefinition.objects.filter(code="M9").exists()


def test_a_mapping_is_written_by_one_and_signed_by_another():
    material()
    link = factories.connection()
    made, writer, other = mapped(link)
    signed = {"reason": "Compared.", "password": PASSWORD, "seen_hash": content_hash(content(made))}
    client = Client()
    client.force_login(writer)
    url = reverse("integrations:mapping-approve", args=[made.pk])
    assert client.post(url, signed).status_code == 409
    client.force_login(other)
    assert client.post(url, signed).status_code == 302
    assert Mapping.objects.get(pk=made.pk).status == "EFFECTIVE"
    inbox.receive(connection=link, incoming=factories.incoming({"MATNR": "M5", "MAKTX": "Five"}, key="M5"),
                  by=link.acts_as, at=NOW)
    work.carry_in(clock=timezone.now)
    row = Exchange.objects.get()
    assert (row.status, row.mapping_id) == ("DONE", made.pk)
    page = client.get(reverse("integrations:exchange-detail", args=[row.pk])).content.decode()
    assert "MAKTX" in page
    for name, args in (("mapping-detail", [made.pk]), ("mapping-state", [made.pk]), ("connection-detail", [link.code])):
        assert client.get(reverse(f"integrations:{name}", args=args)).status_code == 200
    table = client.get(reverse("integrations:dictionary"), {"format": "csv"})
    assert "MAKTX" in b"".join(table.streaming_content).decode()
    assert client.get(reverse("integrations:dictionary")).status_code == 200


def test_who_may_not_keep_connections_only_looks():
    link, client = factories.connection(), signed_in(Role.QUALITY_MANAGER)
    assert client.get(reverse("integrations:connection-detail", args=[link.code])).status_code == 200
    assert client.post(reverse("integrations:connection-test", args=[link.code])).status_code == 403


def test_a_difference_is_given_and_settled_with_a_reason():
    link = factories.connection()
    ours, theirs = ([Total("YIELD", "PO1", "M1", Decimal(n))] for n in (10, 8))
    reconciling.compared(connection=link, ours=ours, theirs=theirs, orders=1, by=factories.integrator(), at=NOW)
    row = Difference.objects.get()
    planner = person("PL", Role.PLANNER)
    client = signed_in(Role.PLANNER)
    page = reverse("integrations:difference-detail", args=[row.pk])
    assert client.get(page).status_code == 200
    assign = reverse("integrations:difference-assign", args=[row.pk])
    assert client.post(assign, {"owner": planner.number}).status_code == 302
    settle = reverse("integrations:difference-settle", args=[row.pk])
    assert client.post(settle, {"reason": ""}).status_code == 422
    assert client.post(settle, {"reason": "Booked by hand."}).status_code == 302
    reconciling.compared(connection=link, ours=ours, theirs=ours, orders=1, by=factories.integrator(), at=NOW)
    row.refresh_from_db()
    assert (row.status, row.owner, row.reason) == ("SETTLED", planner, "Booked by hand.")


def test_tests_and_versions_of_the_other_system_stand_on_its_page():
    link, client = factories.connection(other_version="9.0"), signed_in(Role.INTEGRATOR)
    url = reverse("integrations:connection-detail", args=[link.code])
    made, writer, other = mapped(link)
    signed = {"reason": "Compared.", "password": PASSWORD, "seen_hash": content_hash(content(made)), "at": NOW}
    mappings.approve(mapping=made, by=other, **signed)
    for at, works, version in ((NOW, True, "9.0"), (timezone.now(), True, "9.1"), (timezone.now(), False, "")):
        connections.tested(connection=link, works=works, said="said so", version=version, took_ms=12, by=writer, at=at)
    assert [(one.works, one.version) for one in history.tests(link)] == [(False, ""), (True, "9.1"), (True, "9.0")]
    found = history.versions(link)
    assert [(one.version, one.is_told) for one in found] == [("9.1", True), ("9.0", False)]
    assert history.untried(link, found) == [made]
    assert "12 ms" in client.get(url).content.decode()


def test_everything_secret_is_sealed_anew_by_a_button(settings):
    link, client = factories.connection(door="API_KEY"), signed_in(Role.INTEGRATOR)
    link.auth = "BEARER"
    link.save(update_fields=["auth"])
    settings.SEALING_KEYS = ["k1:one"]
    connections.keep_secrets(connection=link, secrets={"token": "t"}, by=factories.integrator(), at=NOW)
    _key, secret = doors.issue(connection=link, by=factories.integrator(), at=timezone.now())
    assert connections.is_sealed_anew(link)
    settings.SEALING_KEYS = ["k2:two", "k1:one"]
    assert not connections.is_sealed_anew(link)
    assert client.post(reverse("integrations:connection-seal-anew", args=[link.code])).status_code == 302
    settings.SEALING_KEYS = ["k2:two"]
    link.refresh_from_db()
    assert (connections.is_sealed_anew(link), opening.secrets_of(link)) == (True, {"token": "t"})
    assert sealing.opened(link.door_keys.get().sealed) == secret
