"""The register maps of the two demonstration controllers; the simulator, the seed and the demo file read it."""

from dataclasses import asdict, dataclass
from typing import Any

from integrations.plc.tags import Tag

MAP_VERSION = 7
UNITS = {"A": 1, "B": 1}
BENCH = "L1-AOI"  # the plate that the scanner of the bench reads
PLCS = {"A": "SMT line 1 / reflow oven", "B": "Assembly cell 1 / screwdriver"}
ORDERS = {"A": "ABCD", "B": "CDAB"}


@dataclass(frozen=True, slots=True)
class Register:
    """One line of a register map."""

    plc: str
    name: str
    address: int
    data_type: str
    word_order: str
    scale: float
    unit: str
    parameter: str | None
    kind: str
    normal: float
    minimum: float | None = None
    maximum: float | None = None
    table: str = "holding"

    def tag(self, key: int | str | None = None) -> Tag:
        """This line as a tag of the poller."""
        return Tag(
            key=self.name if key is None else key, address=self.address, data_type=self.data_type, table=self.table,
            word_order=self.word_order, scale=self.scale, minimum=self.minimum, maximum=self.maximum, kind=self.kind,
        )  # fmt: skip


def _line(plc: str, name: str, address: int, data_type: str, kind: str, normal: float, **more: Any) -> Register:
    return Register(
        plc, name, address, data_type, ORDERS[plc], more.pop("scale", 1.0), more.pop("unit", ""),
        more.pop("parameter", None), kind, normal, *more.pop("limits", (None, None)),
    )  # fmt: skip


ZONES = {1: 150.0, 2: 180.0, 3: 245.0, 4: 250.0, 5: 120.0}

OVEN = [
    _line("A", "map_version", 0, "uint16", "identity", MAP_VERSION),
    _line("A", "heartbeat", 1, "uint16", "heartbeat", 0),
    _line("A", "machine_state", 2, "uint16", "state", 2, parameter="machine_state", limits=(0, 3)),
    *(
        _line("A", f"zone{zone}_temperature", 8 + 2 * zone, "float32", "process", normal, unit="Cel",
              parameter=f"reflow_zone{zone}_temperature", limits=(-20, 400))
        for zone, normal in ZONES.items()
    ),
    _line("A", "conveyor_speed", 20, "float32", "process", 0.85, unit="m/min",
          parameter="conveyor_speed", limits=(0, 5)),
    _line("A", "ambient_temperature", 30, "int16", "environment", 23.5, scale=0.1, unit="Cel",
          parameter="ambient_temperature", limits=(-20, 60)),
    _line("A", "ambient_humidity", 31, "int16", "environment", 46.0, scale=0.1, unit="%",
          parameter="ambient_humidity", limits=(0, 100)),
    _line("A", "good_count", 40, "uint32", "counter", 0, parameter="good_count"),
    _line("A", "reject_count", 42, "uint32", "counter", 0, parameter="reject_count"),
    *(
        _line("A", f"zone{zone}_setpoint", 98 + 2 * zone, "float32", "setpoint", normal, unit="Cel", limits=(0, 400))
        for zone, normal in ZONES.items()
    ),
    _line("A", "conveyor_setpoint", 110, "float32", "setpoint", 0.85, unit="m/min", limits=(0, 5)),
]  # fmt: skip

SCREWDRIVER = [
    _line("B", "map_version", 0, "uint16", "identity", MAP_VERSION),
    _line("B", "heartbeat", 1, "uint16", "heartbeat", 0),
    _line("B", "machine_state", 2, "uint16", "state", 2, parameter="machine_state", limits=(0, 3)),
    _line("B", "screw_torque", 10, "float32", "process", 0.60, unit="N.m", parameter="screw_torque", limits=(0, 10)),
    _line("B", "screw_angle", 12, "float32", "process", 720.0, unit="deg", parameter="screw_angle", limits=(0, 7200)),
    _line("B", "cycle_count", 20, "uint32", "counter", 0, parameter="cycle_count"),
    _line("B", "good_count", 22, "uint32", "counter", 0, parameter="good_count"),
    _line("B", "reject_count", 24, "uint32", "counter", 0, parameter="reject_count"),
    _line("B", "torque_setpoint", 100, "float32", "setpoint", 0.60, unit="N.m", limits=(0, 10)),
]

REGISTERS = [*OVEN, *SCREWDRIVER]
DRIFT = {"plc": "A", "register": "zone3_setpoint", "normal": ZONES[3], "drifted": ZONES[3] + 8.0}


def registers(plc: str) -> list[Register]:
    """The map of one controller."""
    return [line for line in REGISTERS if line.plc == plc]


def find(plc: str, name: str) -> Register:
    """One line of the map by its name."""
    return next(line for line in REGISTERS if (line.plc, line.name) == (plc, name))


def as_data(plc: str) -> list[dict[str, Any]]:
    """The map of one controller as plain data for var/demo.json."""
    return [asdict(line) for line in registers(plc)]
