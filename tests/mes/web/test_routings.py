"""A routing at the desk: drawn with its branches, its revisions and work orders beside it."""

import pytest
from django.urls import reverse

from mes.models import Segment, WorkMaster
from tests import factories as ground
from tests.mes import ways_world as branched

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer(client):
    client.force_login(ground.person("V", "VIEWER"))
    return client


def test_a_routing_is_drawn_with_its_branches(viewer):
    world = branched.world()
    master = WorkMaster.objects.get()

    page = viewer.get(reverse("mes:routing-detail", args=[master.pk]))

    drawn = [(str(stage.word), [op.code for op in stage.ops]) for stage in page.context["stages"]]
    assert drawn == [
        ("", ["CUT"]), ("顺序不限", ["DRILL", "BRUSH", "MARK"]), ("任选其一", ["LASER", "GLUE"]), ("", ["WASH"]),
        ("", ["TEST"]),
    ]
    assert [op.is_optional for stage in page.context["stages"][-2:] for op in stage.ops] == [True, False]
    assert world.job.number in page.content.decode()
    assert page.context["wrong"] == ""


def test_a_draft_says_what_keeps_it_from_coming_into_effect(viewer):
    master = branched.master()
    Segment.objects.filter(code="GLUE").update(group=None)

    page = viewer.get(reverse("mes:routing-detail", args=[master.pk])).content.decode()

    assert "JOIN" in page


def test_an_unknown_routing_is_said_so(viewer):
    assert viewer.get(reverse("mes:routing-detail", args=[77])).status_code == 404
