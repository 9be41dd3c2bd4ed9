"""The demonstration's people, shifts, checks, stops, carriers and labels: no page of the floor is empty."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import timezone

from mes.models import CarriedLot, HandoverNote, OperatorCheck, Rectification, RosterEntry, StationSession, Stoppage
from mes.queries import handovers, labour, skill_matrix
from plant.models import Equipment, Person
from qms.models import Recall
from traceability.models import Correction, Hold, LabelPrint, PublicPage

pytestmark = pytest.mark.django_db


def test_the_seed_fills_every_page_of_the_floor(settings, tmp_path):
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    call_command("seed_demo")
    now, line = timezone.now(), Equipment.objects.get(code="LINE-1")
    matrix = skill_matrix.of(Person.objects.get(number="leader"), at=now)

    assert Counter(OperatorCheck.objects.values_list("status", flat=True)) == {
        "PASSED": 3, "FAILED": 1, "WAIVED": 1, "ENTERED": 1
    }
    assert (Stoppage.objects.get().status, Rectification.objects.filter(status="VERIFIED").count()) == ("RESUMED", 1)
    assert not Hold.objects.filter(released_at=None).exists()
    assert sorted(Recall.objects.values_list("kind", "status")) == [("DRILL", "CLOSED"), ("RECALL", "DRAFT")]
    assert RosterEntry.objects.count() > 60
    assert not StationSession.objects.filter(ended_at=None).exists()
    assert (HandoverNote.objects.count(), handovers.unread(line, now).line) == (2, line)
    assert {held.row.level for _person, row in matrix.rows for held in row if held} == {1, 2, 3, 4}
    assert any(one.came for one in labour.of_line(line, now.date() - 3 * labour.AN_HOUR * 24, now.date(), at=now))
    assert (CarriedLot.objects.filter(taken_at=None).count(), LabelPrint.objects.filter(nth=2).count()) == (2, 1)
    changes = Counter(Correction.objects.values_list("status", flat=True))
    assert (changes["APPROVED"], changes["REFUSED"], changes["PROPOSED"] >= 1) == (1, 1, True)
    assert PublicPage.objects.exclude(doubt="").count() == 1
