"""Gauges of the demonstration plant: one overdue, one lent, one found wrong whose measurements are under review."""

from datetime import datetime, timedelta

from plant.models import Equipment, Person, Unit
from qms.commands import asking, gauges
from qms.commands.calibrations import Point
from qms.models import CalibrationResult, Characteristic, Gauge, GaugeType, InspectionKind
from traceability.models import MaterialLot

LABORATORY, YEAR = "Metrology lab 计量室", 365
TYPES = [
    ("MICROMETER", "Micrometer", "千分尺", "MMT"), ("TORQUE", "Torque meter", "扭矩仪", None),
    ("MULTIMETER", "Multimeter", "万用表", None), ("CALIPER", "Caliper", "卡尺", "MMT"),
]
GAUGES = [
    ("MIC-02", "Micrometer 0–25 千分尺", "MICROMETER", "Mitutoyo", "M-88120", "LINE-1", 200, YEAR),
    ("MIC-03", "Micrometer 0–25 千分尺", "MICROMETER", "Mitutoyo", "M-90433", "LINE-1", 60, YEAR),
    ("TM-014", "Torque meter 扭矩仪", "TORQUE", "Norbar", "T-1402", "L1-SCREW", 150, YEAR),
    ("DMM-007", "Bench multimeter 台式万用表", "MULTIMETER", "Fluke", "F-77012", "L1-TEST", 380, YEAR),
    ("CAL-011", "Caliper 150 卡尺", "CALIPER", "Mitutoyo", "C-5518", "LINE-1", 355, YEAR),
]
"""Code, name, type, maker, serial number, where it is kept, calibrated so many days ago, holds so many days."""
SUSPECT = "MIC-02"


def register(by: Person, at: datetime) -> None:
    """The types, and each gauge with the certificate of its last calibration."""
    known = {unit.code for unit in Unit.objects.filter(code__in=[unit for *_names, unit in TYPES if unit])}
    for code, name, chinese, unit in TYPES:
        GaugeType.objects.create(code=code, name=name, name_zh=chinese, unit_id=unit if unit in known else None)
    for number, (code, name, kind, maker, serial, where, days, holds) in enumerate(GAUGES, 1):
        gauge = Gauge.objects.create(
            code=code, name=name, type=GaugeType.objects.get(code=kind), maker=maker, serial_number=serial,
            equipment=Equipment.objects.get(code=where), interval_days=holds,
        )
        done = at - timedelta(days=days)
        gauges.calibrate(
            gauge=gauge, result=CalibrationResult.PASSED, done_at=done, certificate=f"CAL-{2600 + number}",
            laboratory=LABORATORY, next_due_at=done + timedelta(days=holds), by=by, at=done,
            points=[Point(5.0, 5.001, 0.004), Point(15.0, 15.002, 0.004)] if kind == "MICROMETER" else [],
        )


def lend(person: Person, by: Person, at: datetime) -> None:
    """The caliper is with the team leader until the evening."""
    gauges.lend(
        gauge=Gauge.objects.get(code="CAL-011"), person=person, back_by=at + timedelta(hours=8), by=by, at=at
    )


def find_out(by: Person, at: datetime) -> None:
    """The micrometer that measured boards fails; from now on board thickness asks for a micrometer that holds."""
    gauges.calibrate(
        gauge=Gauge.objects.get(code=SUSPECT), result=CalibrationResult.FAILED, done_at=at, certificate="CAL-2688",
        laboratory=LABORATORY, by=by, at=at, points=[Point(5.0, 5.021, 0.004), Point(15.0, 15.024, 0.004)],
        remark="Anvil worn. 测砧磨损。",
    )
    Characteristic.objects.filter(code="D-PCB").update(gauge_type=GaugeType.objects.get(code="MICROMETER"))


def ask(lot: MaterialLot, by: Person, at: datetime) -> None:
    """A lot on the shelf is looked at once more, and one goes to the laboratory."""
    for kind, reason in (
        (InspectionKind.STOCK, "Three weeks on the shelf. 已存放三周。"),
        (InspectionKind.LAB, "Section for the customer. 应客户要求切片。"),
    ):
        asking.ask(lot=lot, kind=kind, operation="RECEIPT", reason=reason, key=f"demo-{kind}", by=by, at=at)
