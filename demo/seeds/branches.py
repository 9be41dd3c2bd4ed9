"""A draft of the serial product's next routing, which branches: to be read, discussed and approved."""

from decimal import Decimal

from mes.models import GroupKind, Segment, SegmentGroup, WorkMaster
from plant.models import Equipment, RevisionStatus

BRANCHED = "R-CB-200"
GROUPS = {"LOOK": GroupKind.ALTERNATIVE, "FINISH": GroupKind.PARALLEL}
# Sequence, operation, name, Chinese name, seconds, group, may be passed over, station
OPERATIONS = (
    (10, "PLACE", "SMT placement", "贴片", "18", None, False, "L1-PLACE"),
    (20, "REFLOW", "Reflow soldering", "回流焊", "12", None, False, "L1-REFLOW"),
    (30, "AOI", "Optical inspection", "光学检测", "8", "LOOK", False, "L1-AOI"),
    (40, "VISUAL", "Inspection by eye", "目检", "40", "LOOK", False, "L2-AOI"),
    (50, "SCREW", "Screw assembly", "锁螺丝装配", "25", "FINISH", False, "L1-SCREW"),
    (60, "LABEL", "Rating plate", "贴铭牌", "6", "FINISH", False, "L2-SCREW"),
    (70, "BURN-IN", "Burn-in", "老化", "60", None, True, "L2-TEST"),
    (80, "TEST", "Functional test", "功能测试", "20", None, False, "L1-TEST"),
)


def draft() -> None:
    """Inspection by machine or by eye, two operations in any order, and a burn-in that may be passed over."""
    now = WorkMaster.objects.get(code=BRANCHED, revision=1)
    master = WorkMaster.objects.create(
        code=BRANCHED, revision=2, material=now.material, name=now.name, lot_size=now.lot_size,
        status=RevisionStatus.DRAFT,
    )
    SegmentGroup.objects.bulk_create(
        SegmentGroup(work_master=master, code=code, kind=kind) for code, kind in GROUPS.items()
    )
    for sequence, code, name, name_zh, seconds, group, is_optional, station in OPERATIONS:
        segment = Segment.objects.create(
            work_master=master, sequence=sequence, code=code, name=name, name_zh=name_zh, group=group,
            seconds_per_piece=Decimal(seconds), is_optional=is_optional, rework_entry=code == "PLACE",
        )
        segment.stations.set(Equipment.objects.filter(code=station))
