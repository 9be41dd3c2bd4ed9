"""How the demonstration plant's machines are looked after: plans, spare parts, what was done, a call from yesterday."""

from datetime import datetime, timedelta
from decimal import Decimal

from integrations.models import PlcTag, RecipeTag, TagKind
from mes.commands import andon, maintenance, maintenance_plans, spare_parts, tools
from mes.models import AndonKind, EquipmentClass, MaintenancePlan, MaintenanceStep, SparePart, Tool, ToolLife, WhenDue
from plant.models import Equipment, Parameter, Person, ReasonCode, Role
from plant.queries.persons import system

OVENS, SCREWDRIVERS = ("L1-REFLOW", "L2-REFLOW"), ("L1-SCREW", "L2-SCREW")
# code, English, Chinese, place, fewest, how many there are, at which machines
PARTS = [
    ("SP-BELT", "Conveyor belt of the oven", "回流炉输送带", "M-01-2", 1, 2, OVENS),
    ("SP-FAN", "Blower motor, zone fan", "温区风机电机", "M-01-3", 2, 0, OVENS),
    ("SP-BIT", "Screwdriver bit PH2", "螺丝批头 PH2", "M-02-1", 10, 24, SCREWDRIVERS),
]
STEPS = [
    ("Lock out the machine and let it cool below 50 °C", "断电挂牌，冷却到 50 °C 以下"),
    ("Clean the flux trap", "清理助焊剂回收箱"),
    ("Grease the chain with the oil for high temperatures", "用高温链条油润滑链条"),
    ("Measure the speed of the belt at 80 cm/min", "以 80 cm/min 核对链速"),
]


def fill(mechanic: Person, operator: Person, leader: Person, now: datetime) -> None:
    """A class, four plans, three parts, the last service signed off, and yesterday's breakdown."""
    AndonKind.objects.filter(code="MACHINE").update(
        reason=ReasonCode.objects.get(use="DOWNTIME", code="BREAKDOWN")
    )
    ovens = EquipmentClass.objects.create(code="REFLOW-OVEN", name="Reflow ovens", name_zh="回流炉")
    ovens.members.set(Equipment.objects.filter(code__in=OVENS))
    service = plans(ovens, now)
    for code, name, name_zh, place, minimum, stock, machines in PARTS:
        part = SparePart.objects.create(code=code, name=name, name_zh=name_zh, place=place, minimum=minimum)
        part.used_at.set(Equipment.objects.filter(code__in=machines))
        spare_parts.book(part=part, quantity=stock + 1, reason="First count 首次盘点", by=mechanic, at=now)
    serve(service, mechanic, leader, now - timedelta(days=27))
    break_down(mechanic, operator, now - timedelta(days=1))
    mount_tools(mechanic, now)
    maintenance_plans.judge(by=system("mes"), at=now)


def mount_tools(mechanic: Person, now: datetime) -> None:
    """A stencil in use and a test fixture close to its end; the setpoints of the oven take the golden parameters."""
    stencil = Tool.objects.create(
        code="STENCIL-CB100", name="Stencil CB-100, 0.12 mm", name_zh="CB-100 钢网 0.12 mm", life_by=ToolLife.PIECES,
        life=80000,
    )
    fixture = Tool.objects.create(
        code="FIX-FCT-1", name="Needle bed CB-100", name_zh="CB-100 针床", life_by=ToolLife.SHOTS, life=50000,
        per_shot=1, when_over=WhenDue.WARN,
    )
    for tool, code in ((stencil, "L1-PLACE"), (fixture, "L1-TEST")):
        station = Equipment.objects.get(code=code)
        tool.stations.set([station])
        tools.mount(tool=tool, station=station, by=mechanic, at=now - timedelta(days=20))
    tools.judge(by=system("mes"), at=now)
    for tag in PlcTag.objects.filter(name__startswith="zone", kind=TagKind.SETPOINT):
        parameter = Parameter.objects.filter(code=f"reflow_{tag.name.removesuffix('_setpoint')}_temperature").first()
        if parameter is not None:
            RecipeTag.objects.create(tag=tag, parameter=parameter, tolerance=0.5)


def plans(ovens: EquipmentClass, now: datetime) -> MaintenancePlan:
    """The monthly service of the ovens comes due in three days; the others count hours, screws and heat."""
    begin = (now - timedelta(days=30)).date()
    service = MaintenancePlan.objects.create(
        code="OVEN-MONTH", name="Monthly service", name_zh="月度保养", equipment_class=ovens, every_days=30,
        counts_from=(now - timedelta(days=12)).date(),
    )
    for position, (text, text_zh) in enumerate(STEPS, start=1):
        MaintenanceStep.objects.create(plan=service, position=position, text=text, text_zh=text_zh)
    screw = Equipment.objects.get(code="L1-SCREW")
    MaintenancePlan.objects.create(
        code="SCREW-BIT", name="Change the bit", name_zh="更换批头", equipment=screw, every_count=20000,
        counts_from=begin,
    )
    MaintenancePlan.objects.create(
        code="SCREW-HOURS", name="Check the clutch", name_zh="检查离合器", equipment=screw, every_hours=500,
        counts_from=begin, owner_role=Role.MAINTENANCE,
    )
    return service


def serve(service: MaintenancePlan, mechanic: Person, leader: Person, at: datetime) -> None:
    """Last month's service of the first oven."""
    oven = Equipment.objects.get(code=OVENS[0])
    order = maintenance.open_order(equipment=oven, plan=service, title=service.name, by=system("mes"), at=at)
    order = maintenance.start(order=order, by=mechanic, at=at)
    for step in service.steps.all():
        maintenance.tick(order=order, step=step, by=mechanic, at=at)
    maintenance.finish(
        order=order, findings="Chain dry, greased; flux trap half full. 链条偏干已润滑，回收箱半满。",
        hours=Decimal("2.5"), by=mechanic, at=at + timedelta(hours=2),
    )


def break_down(mechanic: Person, operator: Person, at: datetime) -> None:
    """The bit of a screwdriver wore out; maintenance came within four minutes."""
    station = Equipment.objects.get(code="L2-SCREW")
    call = andon.call(
        station=station, kind=AndonKind.objects.get(code="MACHINE"), note="Slips off the screws 打滑", by=operator,
        at=at,
    )
    call = andon.acknowledge(andon=call, by=mechanic, at=at + timedelta(minutes=4))
    order = maintenance.open_order(equipment=station, andon=call, title="Slips off the screws 打滑", by=mechanic, at=at)
    order = maintenance.start(order=order, by=mechanic, at=at + timedelta(minutes=6))
    bit = SparePart.objects.get(code="SP-BIT")
    spare_parts.take(part=bit, quantity=1, order=order, by=mechanic, at=at + timedelta(minutes=9))
    wear, done = ReasonCode.objects.get(use="CAUSE", code="MACHINE-WEAR"), at + timedelta(minutes=22)
    maintenance.finish(
        order=order, findings="Bit worn, changed. 批头磨损，已更换。", hours=Decimal("0.3"), cause=wear,
        by=mechanic, at=done,
    )
    andon.close(
        andon=call, kind=wear, cause="Bit worn 批头磨损", action_taken="Bit changed 更换批头", by=mechanic, at=done
    )
