"""kill -9 while counting controllers are polled and drift: served = stored + gaps, each violation one open hold."""

import pytest

from benchmarks import ingest, losses
from benchmarks.farm import farm
from benchmarks.plant import Plant

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(600)]
DEVICES, TAGS, HERTZ, SECONDS = 5, 2, 5.0, 60.0


def test_kills_in_the_middle_of_polling_lose_nothing_and_hold_every_drift_once(system):
    plant = Plant(system.var)
    with farm(DEVICES, tags=TAGS) as served:
        with ingest.connected(plant, served, TAGS, HERTZ) as told:
            killed = ingest.kill(plant, served, SECONDS)
            plant.wait_ready(120)
        found = losses.settled(plant, served, told)

    assert set(killed) == set(ingest.VICTIMS)
    assert losses.is_whole(found), found
    assert found["stored"] > 0
    assert found["violations"] > 0
