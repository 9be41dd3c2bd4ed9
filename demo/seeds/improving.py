"""An 8D as it is worked on: solder balls that a customer found, contained, their cause nearly proved."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from demo.data import ground
from demo.seeds.floor import lots_of
from mes.models import JobOrder
from plant.commands import signatures
from plant.models import Equipment, Partner, Person
from qms.commands import capa_actions, capa_causes, capa_stages, capas, dispositions, nonconformances
from qms.models import CorrectiveAction, Nonconformance
from qms.queries import nonconformances as case_queries
from traceability.models import MaterialLot

People = Mapping[str, Person]
DAY = timedelta(days=1)
SAID = {
    "D0": "Stock of the customer sorted by us within a day. 一天内由我方在客户处挑选库存。",
    "D2": "Solder balls of 0.2 to 0.4 mm beside the connector on 14 of 60 boards since the paste was changed. "
          "更换锡膏后，60 块板中有 14 块在连接器旁出现 0.2–0.4 mm 锡珠。",
    "D3": "Every board is looked at under the microscope before packing. 包装前每块板用显微镜全检。",
}
COMPARED = {
    "WHAT": ("Solder balls 锡珠", "Bridges 桥连", "Only loose balls 仅散落锡珠"),
    "WHERE": ("Line 1 一线", "Line 2 二线", "Line 1 has the new paste 一线使用新锡膏"),
    "WHEN": ("Since the change of paste 更换锡膏后", "Before 之前", "Preheat was left as it was 预热未调整"),
    "EXTENT": ("14 of 60 boards 60 块中 14 块", "Every board 每块板", "First hour of a shift 班次首小时"),
}
WHYS = [
    "Flux boils in the preheat zone 助焊剂在预热区沸腾",
    "Preheat rises at 3 °C/s instead of 1.5 预热升温 3 °C/s，应为 1.5",
    "The profile was not changed with the paste 更换锡膏时未调整炉温曲线",
    "A change of paste asks for no new profile 换锡膏流程未要求重做炉温曲线",
]
CAUSES = [
    ("MACHINE", "Preheat too steep 预热过陡", "CONFIRMED", "Profile measured with six probes 六点测温曲线"),
    ("MATERIAL", "Paste took up water 锡膏吸潮", "RULED_OUT", "Fresh jar shows the same 新开罐同样出现"),
    ("METHOD", "Stencil cleaned too seldom 钢网清洁太少", "POSSIBLE", ""),
    ("MAN", "New person at the printer 印刷工位新人", "RULED_OUT", "All three shifts show it 三个班都有"),
    ("ENVIRONMENT", "Humid hall in the morning 早晨车间潮湿", "POSSIBLE", ""),
    ("MEASUREMENT", "AOI does not look beside the connector 光学检测未覆盖连接器旁", "CONFIRMED",
     "Program read 查看程序"),
]


def eight_d(job: JobOrder, people: People, at: datetime) -> CorrectiveAction:
    """Opened for two nonconformances, D0 to D3 finished, D4 under way."""
    engineer, leader = people["engineer"], people["leader"]
    cases = [found(lot, engineer, leader, at) for lot in lots_of(job)[1:3]]
    capa = capas.open(
        nonconformance=cases[0], others=cases[1:], method="EIGHT_D", title="Solder balls at the connector 连接器旁锡珠",
        problem=SAID["D2"], customer=Partner.objects.get(code="C-NORTH"), owner=engineer, due_at=at + 20 * DAY,
        check_due_at=at + 50 * DAY, by=engineer, at=at,
    )
    contain(capa, people, at)
    find_out(capa, engineer, at + 2 * DAY)
    return capa


def found(lot: MaterialLot, engineer: Person, leader: Person, at: datetime) -> Nonconformance:
    """One lot with balls: some boards scrapped, the rest cleaned and used."""
    case = nonconformances.open(
        title="Solder balls 锡珠", lots=[lot], by=leader, at=at,
        description="Seen under the microscope at packing. 包装工位显微镜发现。",
    )
    left = case.lots.get(lot=lot).quantity
    lines = [(lot, "SCRAP", Decimal(2), ""), (lot, "USE_AS_IS", left - 2, "")]
    dispositions.dispose(
        nonconformance=case, lines=lines, password=ground.PASSWORD,
        reason="Two boards scrapped, the rest brushed clean. 报废两块，其余刷洗干净。",
        seen_hash=signatures.content_hash(case_queries.seen(case)), by=engineer, at=at,
    )
    case.refresh_from_db()
    return case


def contain(capa: CorrectiveAction, people: People, at: datetime) -> None:
    """The team, the problem, and what keeps it inside the plant."""
    engineer, leader = people["engineer"], people["leader"]
    by = {"by": engineer, "at": at}
    write(capa, "D0", engineer, at)
    for number, role, task in (("manager", "SPONSOR", ""), ("leader", "MEMBER", "Line 1 一线"),
                               ("maintenance", "EXPERT", "Oven 回流炉")):
        capa_stages.join(capa=capa, person=people[number], role=role, task=task, **by)
    capa_stages.finish(capa=capa, code="D1", **by)
    capa_causes.compare(capa=capa, rows=COMPARED, **by)
    write(capa, "D2", engineer, at)
    action = capas.add_action(
        capa=capa, kind="CONTAINMENT", description=SAID["D3"], owner=leader, due_at=at + DAY,
        place=Equipment.objects.get(code="LINE-1"), **by,
    )
    result = "All boards of two shifts, 3 with balls set aside. 两个班全检，挑出 3 块。"
    capa_actions.finish_action(action=action, result=result, by=leader, at=at + DAY)
    write(capa, "D3", engineer, at + DAY)


def write(capa: CorrectiveAction, code: str, by: Person, at: datetime) -> None:
    """Write a stage and finish it."""
    capa_stages.write(capa=capa, code=code, text=SAID[code], by=by, at=at)
    capa_stages.finish(capa=capa, code=code, by=by, at=at)


def find_out(capa: CorrectiveAction, by: Person, at: datetime) -> None:
    """The whys down to one that can be changed, the fish with what was proved, and the first action."""
    above = None
    for number, text in enumerate(WHYS, start=1):
        above = capa_causes.answer_why(
            capa=capa, text=text, parent=above, is_root=number == len(WHYS), by=by, at=at
        )
    capa_causes.answer_why(
        capa=capa, track="ESCAPE", text="AOI looks at pads only 自动光学检测只看焊盘", is_root=True, by=by, at=at
    )
    for bone, text, verdict, proof in CAUSES:
        cause = capa_causes.suppose(capa=capa, bone=bone, text=text, by=by, at=at)
        if verdict != "POSSIBLE":
            capa_causes.judge_cause(cause=cause, verdict=verdict, proof=proof, by=by, at=at)
    capas.set_root_cause(
        capa=capa, root_cause="Changing a paste asks for no new profile. 更换锡膏未要求重做炉温曲线。", by=by, at=at
    )
    capas.add_action(
        capa=capa, description="Profile with 1.5 °C/s for the new paste. 为新锡膏设定 1.5 °C/s 的炉温曲线。",
        owner=by, due_at=at + 9 * DAY, by=by, at=at,
    )
