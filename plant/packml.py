"""PackML: the states of a machine as ISA-TR88.00.02 numbers and names them, and what each is in this plant's words.

A controller that speaks PackML puts the number of its state (StateCurrent) into a register. Only Execute makes pieces.
What waits for something outside (Suspended: starved or blocked) and what was stopped for a cause inside (Held) both
stand still; the name is kept beside the plant's own state, so that it is known which.

Source: ISA-TR88.00.02-2015, Machine and Unit States; the same table in OPC 30050 (PackML companion specification).
"""

from enum import IntEnum

from plant.models.equipment import EquipmentState


class PackState(IntEnum):
    """StateCurrent."""

    CLEARING = 1
    STOPPED = 2
    STARTING = 3
    IDLE = 4
    SUSPENDED = 5
    EXECUTE = 6
    STOPPING = 7
    ABORTING = 8
    ABORTED = 9
    HOLDING = 10
    HELD = 11
    UNHOLDING = 12
    SUSPENDING = 13
    UNSUSPENDING = 14
    RESETTING = 15
    COMPLETING = 16
    COMPLETE = 17


S = PackState
SEEN: dict[PackState, EquipmentState] = {
    S.EXECUTE: EquipmentState.RUNNING, S.ABORTING: EquipmentState.ALARM, S.ABORTED: EquipmentState.ALARM,
}


def known(number: float | None) -> PackState | None:
    """The state with this number; nothing for a number that PackML does not have."""
    try:
        return PackState(number)  # type: ignore[arg-type]  # registers are read as floating point
    except ValueError:
        return None


def as_seen(state: PackState) -> EquipmentState:
    """What a person is told of it: it runs, it stands, or it raised an alarm."""
    return SEEN.get(state, EquipmentState.IDLE)
