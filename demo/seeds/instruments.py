"""Instruments of the demonstration plant with their calibrations, one due soon; a tag whose noise is smoothed."""

from datetime import datetime, timedelta

from integrations.models import PlcTag
from integrations.plc.commands import conditions
from plant.models import Equipment, Person
from qms.commands import sensors
from qms.models import CalibrationResult, Sensor
from traceability.models import Stream

LABORATORY = "Metrology lab 计量室"
YEAR = 365
INSTRUMENTS = [
    ("TC-ZONE3", "Thermocouple, peak zone 峰值区热电偶", "K-20417", "L1-REFLOW", "reflow_zone3_temperature", 120),
    ("TC-ZONE4", "Thermocouple, liquidus zone 液相区热电偶", "K-20418", "L1-REFLOW", "reflow_zone4_temperature", 120),
    ("TQ-SCREW", "Torque transducer 扭矩传感器", "T-0093", "L1-SCREW", "screw_torque", 90),
    ("TH-LINE1", "Thermo-hygrometer 温湿度计", "H-1180", "LINE-1", "ambient_humidity", 356),
]
"""Code, name, serial number, where it is, what it measures, and how many days ago it was calibrated."""


def instruments(by: Person, at: datetime) -> None:
    """Each with the certificate of its last calibration, which holds for a year."""
    for number, (code, name, serial, where, stream, days) in enumerate(INSTRUMENTS, 1):
        sensor = Sensor.objects.create(
            code=code, name=name, serial_number=serial, equipment=Equipment.objects.get(code=where), interval_days=YEAR
        )
        sensor.streams.add(Stream.objects.get(code=stream))
        done = at - timedelta(days=days)
        sensors.record(
            sensor=sensor, result=CalibrationResult.PASSED, done_at=done, certificate=f"CAL-{2400 + number}",
            laboratory=LABORATORY, next_due_at=done + timedelta(days=YEAR), by=by, at=done,
        )


def smoothing(by: Person, at: datetime) -> None:
    """The humidity of the line: averaged over ten seconds, kept where it moves."""
    tag = PlcTag.objects.select_related("plc").get(plc__code="PLC-OVEN", name="ambient_humidity")
    conditions.set_up(tag=tag, settings={"seconds": 10.0, "deadband": 0.2}, by=by, at=at)
