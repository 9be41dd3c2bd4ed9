"""The chain of responsibility of a lot: every stage with who answered for it, on the screen and on paper."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mes.queries import responsibility
from qms.models import Inspection
from tests.factories import NOW, person
from tests.mes.spot_world import finished
from traceability.models import MaterialLot

pytestmark = pytest.mark.django_db


def told(lot):
    """Stage → who, as what."""
    behind = MaterialLot.objects.filter(job_order="").select_related("material", "supplier")
    stages = responsibility.chain([lot, *behind])
    return {stage.key: [(one.person.number, str(one.role)) for one in stage.parties] for stage in stages}


def test_every_stage_names_who_answered_and_an_empty_one_stays():
    lot = finished(1).world.outputs[0]
    inspector = person("INSP", "INSPECTOR")
    Inspection.objects.create(
        number="I-1", kind="IPQC", site=lot.site, lot=lot, trigger="x", due_at=NOW, created_at=NOW, operation="OVEN",
        status="DECIDED", verdict="PASS", computed="PASS", decided_at=NOW, inspector=inspector,
    )
    found = told(lot)

    assert {key: sorted({number for number, _role in rows}) for key, rows in found.items()} == {
        "receipt": ["WH"], "operations": ["OP"], "inspection": ["INSP"], "packing": [], "shipping": [], "service": [],
    }
    assert len(found["operations"]) == 3
    assert {row.team for row in responsibility.operations([lot.pk])} != {""}


def test_as_many_statements_for_many_lots_as_for_one():
    made = finished(3)
    counts = []
    for lots in (made.world.outputs[:1], made.world.outputs):
        with CaptureQueriesContext(connection) as asked:
            responsibility.chain(lots)
        counts.append(len(asked))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(("language", "word"), [("en", "Chain of responsibility"), ("zh-hans", "责任链")])
def test_it_stands_in_the_dossier_and_on_paper(language, word):
    lot = finished(1).world.outputs[0]
    client = Client()
    client.force_login(person("ME", "VIEWER", language=language))
    page = client.get(reverse("traceability:lot-detail", args=[lot.number]), {"tab": "people"}).content.decode()
    paper = client.get(reverse("plant:sheet", args=["materiallot", lot.pk]))

    assert word in page
    assert paper.getvalue()[:5] == b"%PDF-"
