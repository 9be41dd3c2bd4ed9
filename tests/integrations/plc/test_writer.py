"""What the writer stores of conditioned tags: raw and conditioned side by side, each once, over restarts."""

import uuid

import numpy as np
import pytest
from django.utils import timezone

from integrations.models import ConditioningMemory
from integrations.plc.commands import conditions as commands
from integrations.plc.conditioning import Conditioner
from integrations.plc.queries import conditions, devices
from integrations.plc.tags import READING, Batch, Gap
from integrations.plc.tenure import Tenure
from integrations.plc.writer import Writer
from plant.models import Role
from tests import factories
from tests.integrations import factories as edge
from tests.integrations.plc.test_conditioning import table
from traceability.models import Gap as KeptGap
from traceability.models import Quality, Reading

pytestmark = pytest.mark.usefixtures("committed_db")
SETTINGS = {"spike_window": 5, "seconds": 3.0, "median_window": 3, "deadband": 0.0}


@pytest.fixture(name="tag")
def conditioned():
    tag = edge.tag(edge.plc())
    commands.set_up(tag=tag, settings=SETTINGS, by=integrator(), at=timezone.now())
    return tag


def integrator():
    return factories.person("IT", Role.INTEGRATOR)


def writer(listener=lambda kept, broken: None):
    """A writer as the poller makes one."""
    tenure = Tenure(uuid.uuid4().hex)
    tenure.take()
    filters = [one for found in conditions.active().values() for one in found]
    return Writer(devices.streams(), {}, tenure, [listener], filters)


def rows_of(tag, count=40, seed=2):
    values = np.random.default_rng(seed).normal(50, 1, count)
    values[[9, 25]] += 30
    start = int((timezone.now().timestamp() - count) * 1e6)
    return table(values, tag.stream_id, start=start)


def stored(stream):
    return list(Reading.objects.filter(stream=stream).order_by("at").values_list("seq", "value", "quality"))


def expected(tag, rows):
    out, _memory = Conditioner(conditions.active()[tag.plc_id]).run(rows)
    return [(row["seq"], row["value"], row["quality"]) for row in out]


def test_raw_and_conditioned_readings_are_stored_side_by_side(tag):
    rows, heard = rows_of(tag), []
    write = writer(lambda kept, broken: heard.append(len(kept)))
    write(Batch(rows[:10], []))
    write(Batch(rows[10:], []))

    assert [value for _seq, value, _quality in stored(tag.stream)] == rows["value"].tolist()
    assert stored(tag.conditioning.stream) == expected(tag, rows)
    assert [quality for *_, quality in stored(tag.conditioning.stream)].count(Quality.UNCERTAIN) >= 2
    assert heard == [20, 60]


def test_a_new_poller_goes_on_where_the_last_one_stopped_and_takes_a_batch_twice(tag):
    rows = rows_of(tag)
    writer()(Batch(rows[:17], []))
    again = writer()
    again(Batch(rows[11:30], []))
    again(Batch(rows[30:], []))

    assert stored(tag.conditioning.stream) == expected(tag, rows)


def test_a_batch_that_was_not_stored_is_conditioned_once(tag):
    rows, write = rows_of(tag), writer()
    broken = np.concatenate([rows[:5], rows[:1]])
    broken["key"][-1] = -99  # the first batch fails behind the conditioning
    failing = Batch(broken, [Gap("*", None, None, "no times")])
    with pytest.raises(TypeError):
        write(failing)
    write(Batch(rows, []))

    assert stored(tag.conditioning.stream) == expected(tag, rows)


def test_other_settings_begin_anew(tag):
    rows = rows_of(tag)
    writer()(Batch(rows[:20], []))
    commands.set_up(tag=tag, settings={**SETTINGS, "seconds": 9.0}, by=integrator(), at=timezone.now())
    writer()(Batch(rows[20:], []))

    assert stored(tag.conditioning.stream)[20:] == [
        (seq, value, quality) for seq, value, quality in expected(tag, rows[20:])
    ]
    assert ConditioningMemory.objects.get().settings == conditions.settings_of(conditions.active()[tag.plc_id][0])


def test_a_gap_is_one_of_the_conditioned_stream_too(tag):
    now = timezone.now()
    writer()(Batch(np.empty(0, READING), [Gap(tag.plc.code, now - timezone.timedelta(seconds=9), now, "away")]))

    assert set(KeptGap.objects.values_list("stream", flat=True)) == {tag.stream_id, tag.conditioning.stream_id}
