"""Gauge studies of the demonstration plant: one of each usual kind, drawn from a seeded generator, one under way."""

from datetime import datetime, timedelta

import numpy as np

from demo.data import ground
from plant.commands import signatures
from plant.models import Equipment, Person
from qms.models import Characteristic
from spc.commands import studies, study_readings
from spc.commands.studies import Piece
from spc.commands.study_readings import Measured
from spc.models import Study, StudyReading
from spc.queries import studies as reading

PEOPLE = ["Li Wei 李伟", "Zhao Min 赵敏", "Chen Hua 陈华"]
COLLECTED = 21  # of the fifty readings of the study under way


def studies_of_gauges(engineer: Person, manager: Person, inspector: Person, at: datetime) -> None:
    """A torque meter approved, inspectors who judge solder joints concluded, a voltmeter being studied."""
    places = {code: Equipment.objects.get(code=f"L1-{code}") for code in ("SCREW", "AOI", "TEST")}
    torque = crossed(engineer, places["SCREW"], at - timedelta(days=20))
    approve(torque, manager, at - timedelta(days=19))
    judged(engineer, places["AOI"], at - timedelta(days=6))
    under_way(engineer, inspector, places["TEST"], at - timedelta(hours=3))


def crossed(by: Person, where: Equipment, at: datetime) -> Study:
    """Ten screws, three people, three trials: the torque meter takes about a seventh of the tolerance."""
    study = studies.design(
        code="MSA-TORQUE-01", gauge="TM-014", equipment=where, characteristic=known("M-SCREW"), parts=10,
        appraisers=PEOPLE, trials=3, pieces=[Piece(f"S{n:02d}") for n in range(1, 11)], seed=20261, by=by, at=at,
    )
    rng = np.random.default_rng(11)
    parts, people = rng.normal(0.60, 0.016, 10), rng.normal(0, 0.0008, 3)
    rows = [
        Measured(cell.part, cell.appraiser, cell.trial, round(
            parts[cell.part - 1] + people[PEOPLE.index(cell.appraiser)] + rng.normal(0, 0.0022), 4))
        for cell in study.readings.order_by("place")
    ]  # fmt: skip
    study_readings.paste(study=study, rows=rows, by=by, at=at)
    said = "May judge the torque of M3 screws. Train appraisers again in a year. 可用于 M3 螺丝扭矩判定，一年后复训。"
    return studies.conclude(study=study, conclusion=said, by=by, at=at)


def judged(by: Person, where: Equipment, at: datetime) -> Study:
    """Thirty boards judged twice by three people; one of them lets bad joints pass now and then."""
    rng = np.random.default_rng(5)
    right = ["NG" if rng.random() < 0.4 else "OK" for _ in range(30)]
    study = studies.design(
        code="MSA-VISUAL-01", gauge="VISUAL-L1", equipment=where, characteristic=known("D-PCB"), kind="attribute",
        parts=30, appraisers=PEOPLE, trials=2, seed=20262, by=by, at=at,
        pieces=[Piece(f"B{n:02d}", standard=word) for n, word in enumerate(right, 1)],
    )
    rates = {PEOPLE[0]: 0.01, PEOPLE[1]: 0.02, PEOPLE[2]: 0.09}
    other = {"OK": "NG", "NG": "OK"}
    rows = []
    for cell in study.readings.order_by("place"):
        word = right[cell.part - 1]
        is_wrong = rng.random() < rates[cell.appraiser]
        rows.append(Measured(cell.part, cell.appraiser, cell.trial, other[word] if is_wrong else word))
    study_readings.paste(study=study, rows=rows, by=by, at=at)
    return studies.conclude(study=study, conclusion="Retrain the third appraiser. 第三位评价人须复训。", by=by, at=at)


def under_way(by: Person, inspector: Person, where: Equipment, at: datetime) -> Study:
    """Fifty readings of one reference voltage, not half of them made."""
    study = studies.design(
        code="MSA-VOLT-01", gauge="DMM-007", equipment=where, characteristic=known("U-3V3"), kind="type-1", parts=1,
        appraisers=["Zhang Li 张丽"], trials=50, pieces=[Piece("REF-3V3", 3.300)], seed=20263, by=by, at=at,
        settings={"resolution": 0.001},
    )
    rng = np.random.default_rng(7)
    for cell in StudyReading.objects.filter(study=study).order_by("place")[:COLLECTED]:
        study_readings.measure(
            study=study, place=cell.place, value=round(3.3006 + rng.normal(0, 0.0028), 3), by=inspector,
            at=at + timedelta(minutes=cell.place),
        )
    return study


def approve(study: Study, manager: Person, at: datetime) -> None:
    """The quality manager signs."""
    studies.approve(
        study=study, reason="Figures and parts checked. 数据与样件已核对。", password=ground.PASSWORD,
        seen_hash=signatures.content_hash(reading.seen(study)), by=manager, at=at,
    )


def known(code: str) -> Characteristic:
    return Characteristic.objects.get(code=code)
