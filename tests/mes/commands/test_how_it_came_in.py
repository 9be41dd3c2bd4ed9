"""Consumption, stays and reports say how they came in, and the dossier shows it."""

import pytest
from django.urls import reverse

from mes.models import JobResponse
from plant.models import Person, PersonKind
from plant.queries import persons
from tests.mes import factories
from traceability.models import CaptureWay, MaterialActual, Visit
from traceability.web import dossier_sheets

pytestmark = pytest.mark.django_db


def ways(lot) -> tuple[set[str], set[str], set[str]]:
    """Of the stays, the consumption and the reports of a lot."""
    return tuple(
        set(rows.values_list("way", flat=True))
        for rows in (Visit.objects.filter(lot=lot), MaterialActual.objects.filter(link__child=lot),
                     JobResponse.objects.filter(lot=lot))
    )


def program() -> Person:
    return Person.objects.create(number="MES2", name="Other system", kind=PersonKind.INTEGRATION, password="!")


@pytest.mark.parametrize(("fields", "way"), [
    ({}, "SCAN"),
    ({"way": CaptureWay.HAND}, "HAND"),
    ({"by": lambda: persons.system("plc")}, "AUTO"),
    ({"by": program}, "API"),
])
def test_whatever_a_scan_books_came_in_as_the_scan_did(fields, way):
    world = factories.world(10)
    said = {name: value() if callable(value) else value for name, value in fields.items()}
    [first, *_rest] = world.outputs
    world.scan(first.number, **said)
    world.scan(world.blank.number, **said)
    world.scan(world.screws.number, **said)
    world.scan(first.number, **said)

    assert ways(first) == ({way}, {way}, {way})


def test_the_dossier_shows_it_on_the_screen_and_on_paper(client):
    world = factories.world(10)
    world.ready()
    [first, *_rest] = world.outputs
    world.scan(first.number)
    Visit.objects.filter(lot=first).update(way="")  # as rows from before it was kept

    tables = {table.title: table for table in dossier_sheets.lot(first, world.operator).tables}

    assert next(iter(tables["People and machines"].rows))[-1] == "Not recorded"
    assert {row[-1] for row in tables["What went in at each operation"].rows} == {"By scan"}
    client.force_login(world.operator)
    page = client.get(reverse("traceability:lot-detail", args=[first.number]), {"tab": "materials"})
    assert page.content.decode().count("ti-barcode") >= 2
