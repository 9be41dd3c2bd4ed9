"""Records that need no drawing of their own, as PDF and workbook: what belongs to each stands on it, secrets don't."""

import io

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from openpyxl import load_workbook

from plant import subjects
from plant.models import Role
from tests.factories import person
from tests.qms import sourcing_world as world
from tests.qms.commands.test_gauges import gauge

pytestmark = pytest.mark.django_db
ROOM = "qms"
# Their page is the paper: a deliverable stands on its project's sheet.
WITHOUT = {"apqpdeliverable"}


@pytest.fixture
def reader():
    client = Client()
    client.force_login(person("QM", Role.QUALITY_MANAGER))
    return client


def words(reader, row):
    """Every cell of a record's workbook."""
    address = reverse("plant:sheet", args=[row._meta.model_name, row.pk])
    book = load_workbook(io.BytesIO(reader.get(address, {"format": "xlsx", "language": "en"}).getvalue()))
    return [str(cell) for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line if cell]


def test_every_record_of_quality_has_a_sheet():
    list(get_resolver().url_patterns)  # kinds are registered with their doors
    kinds = {one.kind: one.sheet for one in subjects.all_kinds() if one.model._meta.app_label == ROOM}

    assert {kind for kind, sheet in kinds.items() if sheet is None} == WITHOUT


def test_a_request_tells_every_answer_and_never_its_link(reader):
    one = world.scar()
    world.judged(world.answered(one), good=False, reason="Which boxes?")
    world.answered(one, "Boxes 1 to 40.")

    found = words(reader, one)

    assert {"We sort every box.", "Which boxes?", "Refused", "Boxes 1 to 40."} <= set(found)
    assert not any(one.nonce in cell or "/answer/" in cell for cell in found)


def test_a_gauge_tells_its_calibrations_and_prints_as_pdf(reader):
    one = gauge()
    paper = reader.get(reverse("plant:sheet", args=["gauge", one.pk]))

    assert (paper.status_code, paper.getvalue()[:5]) == (200, b"%PDF-")
    assert {one.code, "Calibrations"} <= set(words(reader, one))


def test_an_assessment_tells_its_points(reader):
    assert {"4", "ACME ACME"} & set(words(reader, world.scored()))
