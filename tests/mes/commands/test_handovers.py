"""Handover: written by one shift with what is open, acknowledged by somebody of the next."""

from datetime import timedelta

import pytest

from mes.commands import handovers as commands
from mes.commands import stoppages
from mes.models import HandoverNote
from mes.queries import handovers
from plant.errors import Refusal
from tests import factories as ground
from tests.factories import NOW, person
from tests.mes import factories

pytestmark = pytest.mark.django_db
NEXT = NOW + timedelta(hours=13)


@pytest.fixture
def world():
    return factories.world()


def write(world, text: str = "Feeder 3 jams", **more):
    return commands.write(line=ground.line(), text=text, **{"by": world.operator, "at": NOW, **more})


def test_what_is_open_goes_along(world):
    stoppages.stop(scope="LINE", equipment=ground.line(), reason="Smoke", by=world.operator, at=NOW)

    [fact] = handovers.worded(write(world).facts)
    assert (fact["what"], "Smoke" in fact["words"]) == ("LINE", True)


def test_written_again_it_replaces_the_words(world):
    write(world), write(world, "Feeder 3 is repaired")

    assert HandoverNote.objects.get().text == "Feeder 3 is repaired"


def test_next_shift_finds_it_and_acknowledges_it(world):
    note = write(world)
    found = [handovers.unread(ground.line(), at) for at in (NOW, NEXT)]
    read = commands.acknowledge(note=note, by=person("OP2", "OPERATOR"), at=NEXT)

    assert (found, read.read_by.number, handovers.unread(ground.line(), NEXT)) == ([None, note], "OP2", None)


def test_whoever_wrote_it_does_not_acknowledge_it(world):
    with pytest.raises(Refusal, match="next shift"):
        commands.acknowledge(note=write(world), by=world.operator, at=NEXT)


def test_what_was_read_is_not_rewritten(world):
    commands.acknowledge(note=write(world), by=person("OP2", "OPERATOR"), at=NOW)

    with pytest.raises(Refusal, match="already"):
        write(world, "New")
