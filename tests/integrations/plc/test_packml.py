"""A controller that speaks PackML: what it says becomes the machine's state, with the reason why it stands."""

from datetime import timedelta

import pytest

from integrations.models import PlcTag, TagKind
from integrations.plc.commands import observations
from integrations.plc.queries import devices
from integrations.plc.tags import Sample
from mes.models import MachineState
from tests.factories import NOW
from tests.integrations import factories
from traceability.models import Quality

pytestmark = pytest.mark.django_db


@pytest.fixture
def say():
    """Let the controller say a number each second."""
    PlcTag.objects.create(plc=factories.plc(), name="state_current", address=3, kind=TagKind.PACKML)
    tags = devices.machine_tags()
    key = next(iter(tags))

    def run(*numbers):
        samples = [
            Sample(tag=key, at=NOW + timedelta(seconds=place), seq=place, value=float(number),
                   quality=Quality.GOOD)
            for place, number in enumerate(numbers)
        ]
        observations.observe(samples=samples, tags=tags)
        return list(MachineState.objects.order_by("from_at").values_list("state", "packml"))

    return run


def test_a_stretch_keeps_the_last_name_of_why_the_machine_stands(say):
    assert say(15, 4, 3, 6, 13, 5) == [("IDLE", "STARTING"), ("RUNNING", "EXECUTE"), ("IDLE", "SUSPENDED")]


def test_an_abort_is_an_alarm_and_a_strange_number_changes_nothing(say):
    assert say(6, 8, 9, 99, 0) == [("RUNNING", "EXECUTE"), ("ALARM", "ABORTED")]
