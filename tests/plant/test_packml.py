"""PackML's states: the published names are all known, and each means something here."""

import pytest

from plant import packml
from plant.models import EquipmentState
from plant.packml import PackState
from tests import conformance

GROUPS = {"Running", "Cleared"}  # of the companion specification: states that hold others


def test_every_published_state_is_known():
    table = conformance.load("opcua/state_machines")["state_machines"]["PackML"]
    published = {row[end].upper() for row in table for end in ("from", "to") if row[end] not in GROUPS}

    assert published == set(PackState.__members__)


@pytest.mark.parametrize(("number", "name", "seen"), [
    (6.0, "EXECUTE", EquipmentState.RUNNING), (5.0, "SUSPENDED", EquipmentState.IDLE),
    (11.0, "HELD", EquipmentState.IDLE), (9.0, "ABORTED", EquipmentState.ALARM), (2.0, "STOPPED", EquipmentState.IDLE),
])  # fmt: skip
def test_a_number_is_a_state_and_what_a_person_is_told(number, name, seen):
    state = packml.known(number)
    assert state is not None
    assert (state.name, packml.as_seen(state)) == (name, seen)


@pytest.mark.parametrize("number", [None, 0.0, 18.0, 6.5, float("nan")])
def test_any_other_number_is_none(number):
    assert packml.known(number) is None
