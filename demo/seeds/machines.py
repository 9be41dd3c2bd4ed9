"""Controllers, their registers, and the streams that keep their values."""

import os

from integrations.models import Channel, ChannelKind, News, Plc, PlcTag, SourceKind, Subscription, TagKind, Weight
from integrations.plc import demo_map
from plant.models import Equipment, Parameter, Role
from traceability.models import Stream

HOST = os.environ.get("PLC_HOST", "127.0.0.1")
PLCS = {"A": ("PLC-OVEN", "L1-REFLOW", 250), "B": ("PLC-SCREW", "L1-SCREW", 500)}
KEPT = {"process", "environment"}
BENCH = "BENCH-AOI"
FASTEST = 20.0  # pieces a second that no machine here can make


def controllers() -> None:
    """Two controllers with the register maps of the simulator."""
    for letter, (code, station, period) in PLCS.items():
        equipment = Equipment.objects.get(code=station)
        plc = Plc.objects.create(
            code=code, name=demo_map.PLCS[letter], host=HOST, port=port(letter), unit=demo_map.UNITS[letter],
            period_ms=period, equipment=equipment, map_version=demo_map.MAP_VERSION,
        )
        for register in demo_map.registers(letter):
            tag(plc, register)


def bench() -> None:
    """A micrometer and a scanner behind one port: thicknesses are kept, codes are scanned at the station. No past."""
    station = Equipment.objects.get(code=demo_map.BENCH)
    plc = Plc.objects.create(
        code=BENCH, name="Micrometer and scanner 千分尺与扫描器", kind=SourceKind.LINES, host=HOST, port=bench_port(),
        equipment=station,
    )
    thickness = Stream.objects.create(
        code=f"{BENCH}:thickness", parameter=Parameter.objects.get(code="board_thickness"), equipment=station,
        period_ms=5000,
    )
    PlcTag.objects.create(
        plc=plc, name="thickness", label="Board thickness 板厚", path=r"^01A(?P<value>[+-]\d+\.\d+)$",
        data_type="float64", minimum=0.5, maximum=5.0, stream=thickness,
    )
    PlcTag.objects.create(plc=plc, name="codes", label="Scanner 扫描器", path=r"^S(\S+)$", kind=TagKind.SCAN)


def channels() -> None:
    """The bell for managers (what is critical) and for inspectors, and a robot that waits for its token."""
    bell = Channel.objects.create(code="bell", name="铃铛 Bell", kind=ChannelKind.BELL)
    Subscription.objects.create(channel=bell, news=News.ALARM, weight=Weight.CRITICAL, role=Role.QUALITY_MANAGER)
    Subscription.objects.create(channel=bell, news=News.INSPECTION, weight=Weight.NORMAL, role=Role.INSPECTOR)
    group = {"name": "质量群 Quality group", "kind": ChannelKind.DINGTALK, "enabled": False}
    robot = Channel.objects.create(code="dingtalk-quality", **group)
    Subscription.objects.create(channel=robot, news=News.ALARM, weight=Weight.IMPORTANT)


def tag(plc: Plc, register: demo_map.Register) -> None:
    """One register as a tag, with a stream when its values are kept."""
    PlcTag.objects.create(
        plc=plc, name=register.name, address=register.address, table=register.table, data_type=register.data_type,
        word_order=register.word_order, scale=register.scale, minimum=register.minimum, maximum=register.maximum,
        kind=register.kind, stream=stream(plc, register) if register.kind in KEPT else None,
        writable=register.kind == "setpoint", max_rate=FASTEST if register.kind == "counter" else None,
    )


def stream(plc: Plc, register: demo_map.Register) -> Stream:
    """Ambient values belong to the line, process values to the machine."""
    where = plc.equipment.parent if register.kind == "environment" else plc.equipment
    return Stream.objects.create(
        code=register.parameter, parameter=Parameter.objects.get(code=register.parameter), equipment=where,
        period_ms=plc.period_ms,
    )


def reconnect() -> None:
    """The simulator may listen on other ports than last time."""
    for letter, (code, _, _) in PLCS.items():
        Plc.objects.filter(code=code).update(host=HOST, port=port(letter))
    Plc.objects.filter(code=BENCH).update(host=HOST, port=bench_port())


def bench_port() -> int:
    """The port that the simulator's bench listens on."""
    return int(os.environ.get("PLC_BENCH_PORT", "15022"))


def port(letter: str) -> int:
    """The port that the simulator's controller listens on."""
    return int(os.environ.get(f"PLC_{letter}_PORT", "5020"))
