"""Nobody begins an operation whose document they have not signed, in the revision that is in effect."""

import pytest

from mes.commands import scans
from plant import fresh
from qms.commands import document_release, documents
from tests.mes import factories as make
from tests.qms import papers

pytestmark = pytest.mark.django_db


def demanded(code="WI-7"):
    """A document in effect that the first operation demands."""
    one = papers.draft(code)
    documents.demand(document=one, operation="MOUNT", by=papers.author())
    document_release.hand_in(document=one, by=papers.author(), at=papers.NOW)
    one.refresh_from_db()
    return papers.approved(one)


def test_a_scan_is_refused_until_the_revision_in_effect_is_signed():
    here = make.world()
    one = demanded()
    fresh.forget_all()
    here.ready()

    refused = here.scan(here.outputs[0].number)
    assert refused.code == "not-trained"
    assert "WI-7 / 1" in refused.message

    papers.read(one, here.operator)
    assert here.scan(here.outputs[0].number).outcome == "accepted"

    second = papers.approved(papers.revised(one))
    fresh.forget_all()
    assert here.scan(here.outputs[1].number).code == "not-trained"
    papers.read(second, here.operator)
    assert here.scan(here.outputs[1].number).outcome != scans.REFUSED
