"""Trace chains that have holes, as every plant's do: an oven that fell silent, and weekly spot checks that met it."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.db.models import F, Func
from django.utils.timezone import localdate

from demo.seeds.process import site
from mes.commands import capture, completeness, completeness_rules, spot_checks, spot_findings, spot_plans
from mes.commands.spot_plans import Terms
from mes.models import GapKind, SpotCheckPlan, SpotFinding, Weekday
from mes.queries import spot_walks
from plant.models import Equipment, MaterialDefinition, Person, Role
from plant.queries.persons import system
from qms.models import ProductFamily
from traceability.commands import readings
from traceability.models import Stream, Visit

SILENT = timedelta(minutes=6)
CABLE = "The fieldbus cable of the oven came loose. 回流炉总线电缆松脱。"
DONE = "Cable replaced, and routed anew; its log shows the profile. 已更换并改道电缆；炉体日志正常。"
SEEN = "The oven's log is laid beside the finding. 炉体日志已附在发现项旁。"
People = Mapping[str, Person]


def fill(people: People, now: datetime) -> None:
    """Holes in last month's readings, a plan a line, three weeks drawn, one finding through its whole life."""
    fall_silent("L1-REFLOW", now)
    terms = Terms(
        name="Line 1, controller boards 一号线控制板", site=site(), line=Equipment.objects.get(code="LINE-1"),
        family=ProductFamily.objects.first(), lots=3, weekday=now.weekday(), time=time(6, 30), due_days=5,
        owner_role=Role.TEAM_LEADER,
    )
    plan = spot_plans.create(terms=terms, by=people["engineer"], at=now - timedelta(days=23))
    spot_plans.create(
        terms=Terms(name="Everything finished 全部成品", site=site(), lots=5, weekday=Weekday.MONDAY, time=time(7),
                    due_days=7, owner_role=Role.QUALITY_ENGINEER),
        by=people["engineer"], at=now - timedelta(days=1),
    )
    draw(plan, now)
    answer(people, now)
    weigh(people, now)
    completeness.sweep(by=system("mes"), at=now)
    for back in range(28):
        capture.judge(day=localdate(now) - timedelta(days=back), by=system("mes"), at=now)


def weigh(people: People, now: datetime) -> None:
    """Readings weigh more for the controller board, as the planner proposed; another proposal waits."""
    board = MaterialDefinition.objects.get(code="CB-100")
    made = completeness_rules.propose(
        kind=GapKind.READINGS, material=board, is_on=True, weight=8, by=people["planner"], at=now - timedelta(days=6),
        reason="The customer asks for the oven's curve of every lot. 客户要求每批提供炉温曲线。",
    )
    completeness_rules.approve(change=made, by=people["engineer"], at=now - timedelta(days=5))
    completeness_rules.propose(
        kind=GapKind.STAY, material=None, is_on=False, weight=5, by=people["planner"], at=now - timedelta(hours=3),
        reason="Hand work has no machine to stand at. 手工工序没有设备停留。",
    )


def fall_silent(code: str, now: datetime) -> None:
    """The instruments of a machine told nothing while some lots stood there."""
    begins = Func(F("during"), function="lower")
    stays = Visit.objects.filter(equipment__code=code, during__endswith__isnull=False).order_by(begins.desc(), "pk")
    for stay in stays[3:12:3]:
        for stream in Stream.objects.filter(equipment__code=code, active=True):
            readings.record_gap(
                stream=stream, from_at=stay.during.lower, to_at=stay.during.lower + SILENT, cause="cable"
            )


def draw(plan: SpotCheckPlan, now: datetime) -> None:
    """Each week at its own moment."""
    for period in spot_walks.due(plan, now):
        spot_checks.draw(plan=plan, week=period.week, by=system("mes"), at=period.to_at)


def answer(people: People, now: datetime) -> None:
    """One answered and confirmed, one that waits for another to look at it; the others are open."""
    for one, is_confirmed in zip(SpotFinding.objects.order_by("pk")[:2], (True, False), strict=False):
        at = max(one.spot_check.drawn_at + timedelta(days=1), now - timedelta(days=2))
        answered = spot_findings.answer(finding=one, cause=CABLE, answer=DONE, by=people["leader"], at=at)
        if is_confirmed:
            spot_findings.close(finding=answered, remark=SEEN, by=people["engineer"], at=at + timedelta(hours=3))
