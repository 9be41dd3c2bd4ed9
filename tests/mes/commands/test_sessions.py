"""Who works at a station."""

import pytest

from mes.commands import sessions
from mes.models import StationSession
from plant.errors import Refusal
from tests import factories as ground
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def on(number: str, role: str = "OPERATOR") -> StationSession:
    return sessions.sign_on(station=ground.station(), person=ground.person(number, role), device="T1", at=NOW)


def test_sign_on_ends_the_one_before():
    first, second = on("A"), on("B")

    assert StationSession.objects.get(pk=first.pk).ended_at == NOW
    assert StationSession.objects.get(ended_at__isnull=True) == second


def test_sign_on_refuses_a_line_and_a_viewer():
    with pytest.raises(sessions.CantSignOn):
        sessions.sign_on(station=ground.line(), person=ground.person("A", "OPERATOR"), device="T1", at=NOW)
    with pytest.raises(Refusal):
        on("V", "VIEWER")


def test_sign_off_of_somebody_else_needs_the_right():
    on("A")

    with pytest.raises(Refusal):
        sessions.sign_off(station=ground.station(), by=ground.person("B", "OPERATOR"), at=NOW)
    assert sessions.sign_off(station=ground.station(), by=ground.person("L", "TEAM_LEADER"), at=NOW)
