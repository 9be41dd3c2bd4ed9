"""What deciding and improving needs as data, and what it has to show: boards, costs, concessions, audits, goals."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.timezone import localdate

from demo.data import audits as data
from demo.data import ground
from demo.seeds.floor import lots_of
from demo.seeds.process import site
from mes.models import JobOrder
from plant.commands import deputies, signatures
from plant.models import Equipment, MaterialDefinition, Partner, Person, ReasonCode, ReasonUse, Role
from qms.commands import audits, classifying, concessions, costs, nonconformances
from qms.models import (
    Audit,
    AuditChecklist,
    AuditQuestion,
    BoardSeat,
    Concession,
    CostRate,
    MaterialCost,
    Nonconformance,
    QualityObjective,
    RepeatRule,
    ReviewBoard,
)
from qms.queries import audits as audit_queries
from qms.queries import concessions as concession_queries

People = Mapping[str, Person]
DAY = timedelta(days=1)


def ground_rules(now: datetime) -> None:
    """Standard costs, rates, goals, the board and when something counts as a repeat."""
    day = localdate(now - 400 * DAY)
    for code, amount in data.COSTS:
        MaterialCost.objects.create(
            material=MaterialDefinition.objects.get(code=code), valid_from=day, amount=Decimal(amount)
        )
    for of, amount in data.RATES:
        CostRate.objects.create(of=of, valid_from=day, amount=Decimal(amount))
    for code, name, name_zh, metric, target, at_most in data.OBJECTIVES:
        QualityObjective.objects.create(
            code=code, name=name, name_zh=name_zh, metric=metric, target=target, at_most=at_most
        )
    RepeatRule.objects.create(days=90, propose_at=2)
    board = ReviewBoard.objects.create(
        code="MRB", name="Material review board", name_zh="物料评审委员会", quorum=2, from_severity="CRITICAL",
        from_value=Decimal(20000),
    )
    for role, required in ((Role.QUALITY_MANAGER, True), (Role.QUALITY_ENGINEER, False), (Role.PLANNER, False)):
        BoardSeat.objects.create(board=board, role=role, required=required)


def decide(jobs: Sequence[JobOrder], people: People, now: datetime) -> None:
    """Defects by code so that repeats are seen, a cost, a concession in force and one that waits."""
    engineer = people["engineer"]
    ball = ReasonCode.objects.filter(use=ReasonUse.DEFECT, active=True).order_by("code").first()
    for case in Nonconformance.objects.filter(title__contains="锡珠").order_by("pk"):
        classifying.classify(nonconformance=case, defect=ball, severity="MAJOR", by=engineer, at=case.opened_at)
        costs.add(
            nonconformance=case, kind="LABOUR", quantity=Decimal("2.5"), rate=Decimal(32), by=engineer,
            note="Brushing boards 刷洗电路板", at=case.opened_at + DAY,
        )
    grave(people, ball, now - 2 * DAY)
    given = ask("Conformal coat two shades darker 三防漆颜色偏深两级", 60, people, now - 6 * DAY, customer="C-NORTH")
    concessions.note_customer(
        concession=given, person="Ms Anna Berg", document="Mail of the quality department 质量部邮件",
        agreed_at=now - 5 * DAY, by=engineer, at=now - 5 * DAY,
    )
    given.refresh_from_db()
    concessions.approve(
        concession=given, reason="Protects as well; measured. 防护性能相同，已测量。", password=ground.PASSWORD,
        seen_hash=signatures.content_hash(concession_queries.seen(given)), by=people["manager"], at=now - 5 * DAY,
    )
    lot = lots_of(jobs[6])[0]
    concessions.use(
        concession=given, lot=lot, quantity=Decimal(20), note="First lot 首批", by=engineer, at=now - 4 * DAY
    )
    ask("Label one millimetre off 标签偏移一毫米", 200, people, now - DAY)


def grave(people: People, defect: ReasonCode | None, at: datetime) -> Nonconformance:
    """One that comes before the board; its boards were scrapped at the line, so it names the machine alone."""
    return nonconformances.open(
        title="Burnt connector 连接器烧蚀", equipment=Equipment.objects.get(code="L1-REFLOW"), severity="CRITICAL",
        defect=defect, by=people["leader"], at=at,
        description="One board smelled burnt at the end of the line. 一块板在线尾有焦味。",
    )


def ask(title: str, quantity: int, people: People, at: datetime, customer: str = "") -> Concession:
    """A concession asked for by the engineer."""
    return concessions.ask(
        title=title, reason="It does no harm to function or life. 不影响功能和寿命。", site=site(),
        material=MaterialDefinition.objects.get(code="CB-100"), quantity=Decimal(quantity), valid_from=at,
        valid_to=at + 60 * DAY, customer=Partner.objects.get(code=customer) if customer else None,
        by=people["engineer"], at=at,
    )


def audit(people: People, now: datetime) -> None:
    """Checklists in effect; one audit over, one with findings, two still to come; somebody stands in next week."""
    lists = {head[0]: checklist(head, questions, people, now - 200 * DAY) for head, questions in data.CHECKLISTS}
    lead, manager = people["engineer"], people["manager"]
    line = Equipment.objects.get(code="LINE-1")
    done = plan("Board line 1 一线", lists["LPA-LINE"], people, now - 9 * DAY, area=line)
    answer(done, ["GOOD", "GOOD", "GOOD", "GOOD"], lead, now - 9 * DAY)
    report(done, lead, Decimal("0.5"), "All in order. 一切正常。", now - 9 * DAY)
    process = plan("Reflow and placement 贴装与回流", lists["PROCESS-SMT"], people, now - 5 * DAY, area=line)
    answer(process, [10, 8, 10, 6, 4], lead, now - 5 * DAY)
    report(process, lead, Decimal("4"), "Strong; scrap is counted and little follows. 总体良好；报废有统计但措施少。",
           now - 4 * DAY)
    row = audit_queries.findings(process)[-1]
    audits.open_capa(
        row=row, owner=people["leader"], due_at=now + 20 * DAY, check_due_at=now + 60 * DAY, by=lead, at=now - 4 * DAY
    )
    plan("Quality management system 质量管理体系", lists["ISO-9001"], people, now + 12 * DAY, auditee=manager)
    plan("Board line 1 一线", lists["LPA-LINE"], people, now + DAY, area=line)
    deputies.name(
        deputy=manager, begins_at=now + 5 * DAY, ends_at=now + 12 * DAY, note="On leave 休假", by=lead, at=now
    )


def checklist(
    head: Sequence[str], questions: Sequence[tuple[str, str, str, bool]], people: People, at: datetime
) -> AuditChecklist:
    """One checklist with its questions, put into effect by the manager."""
    code, name, name_zh, scheme, standard = head
    made = AuditChecklist.objects.create(code=code, name=name, name_zh=name_zh, scheme=scheme, standard=standard)
    AuditQuestion.objects.bulk_create(
        AuditQuestion(checklist=made, position=n, clause=clause, text=text, text_zh=text_zh, critical=critical)
        for n, (clause, text, text_zh, critical) in enumerate(questions, start=1)
    )
    return audits.approve(
        checklist=made, reason="Read and tried. 已阅读并试用。", password=ground.PASSWORD, by=people["manager"], at=at,
        seen_hash=signatures.content_hash(audit_queries.checklist_seen(made)),
    )


def plan(
    title: str, asked: AuditChecklist, people: People, at: datetime, *, area: Equipment | None = None,
    auditee: Person | None = None,
) -> Audit:
    """On the programme a week before."""
    return audits.plan(
        title=title, checklist=asked, site=site(), area=area, auditee=auditee, lead=people["engineer"], planned_at=at,
        by=people["manager"], at=at - 7 * DAY,
    )


def answer(one: Audit, given: Sequence[str | int], by: Person, at: datetime) -> None:
    """Every question answered; points become what they say."""
    for question, said in zip(one.checklist.questions.all(), given, strict=True):
        points = said if isinstance(said, int) else None
        word = audit_queries.by_points(said) if isinstance(said, int) else said
        audits.answer(
            audit=one, question=question, answer=word, points=points, by=by, at=at,
            evidence="" if word == "GOOD" else "Seen on three boards. 在三块板上看到。",
        )


def report(one: Audit, by: Person, hours: Decimal, summary: str, at: datetime) -> None:
    """Signed by who led it."""
    one.refresh_from_db()
    audits.report(
        audit=one, summary=summary, hours=hours, reason="As seen. 如实报告。", password=ground.PASSWORD, by=by, at=at,
        seen_hash=signatures.content_hash(audit_queries.seen(one)),
    )
