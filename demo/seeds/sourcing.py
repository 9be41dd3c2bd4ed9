"""Suppliers of the demonstration plant: let in or not, their papers, promises and months, and what they were asked."""

from datetime import datetime, timedelta
from decimal import Decimal

from demo.data import ground
from demo.seeds.process import site
from plant.commands import signatures
from plant.models import MaterialDefinition, Partner, Person
from plant.queries.persons import system
from qms.commands import dispositions, nonconformances, sources, supplier_answers, supplier_requests, suppliers
from qms.models import DeliveryPromise, StepAnswer, Supplier, SupplierQuestion, SupplierRequest
from qms.queries import nonconformances as cases
from qms.queries import suppliers as reading
from traceability.commands import lots

DAY = timedelta(days=1)
QUESTIONS = [
    ("Q-01", "System 体系", "Is the quality system certified?", "质量体系是否通过认证？", 3, 2),
    ("Q-02", "System 体系", "Are changes told before they are made?", "变更是否提前通知？", 2, 2),
    ("P-01", "Process 过程", "Are key characteristics watched by SPC?", "关键特性是否用 SPC 监控？", 3, 0),
    ("P-02", "Process 过程", "Are lots traceable to raw material?", "批次能否追溯到原材料？", 3, 2),
    ("L-01", "Logistics 物流", "Is each box labelled with the lot?", "每箱是否有批次标签？", 1, 0),
]
# supplier, contact, points for each question, decision
CARDS = [
    ("S-HUATIAN", "Zhou Ling 周玲", 4, "ADMITTED"), ("S-LANXIN", "Qian Wei 钱伟", 5, "ADMITTED"),
    ("S-YUEDA", "Feng Jie 冯杰", 4, "ADMITTED"), ("S-BAOLI", "Ma Tao 马涛", 2, "CONDITIONAL"),
]

# material, supplier, approval; the other steel screws are on trial
LISTED = [
    ("PCB-100", "S-HUATIAN", "APPROVED"), ("MCU-32", "S-LANXIN", "APPROVED"), ("SCREW-M3A", "S-BAOLI", "CONDITIONAL"),
]


def fill(engineer: Person, manager: Person, warehouse: Person, now: datetime) -> None:
    """Four suppliers with their cards; one delivers scratched boards, and answers for them."""
    for code, section, name, name_zh, weight, least in QUESTIONS:
        SupplierQuestion.objects.create(
            code=code, section=section, name=name, name_zh=name_zh, weight=weight, least=least
        )
    begun = now - 50 * DAY
    for code, contact, points, decision in CARDS:
        admit(card(code, contact, engineer, begun), points, decision, engineer, manager, begun + 3 * DAY)
    for material, code, status in LISTED:
        sources.set_source(
            supplier=Partner.objects.get(code=code), status=status, by=manager, at=begun + 4 * DAY,
            material=MaterialDefinition.objects.get(code=material), reason="Samples approved. 样品已批准。",
        )
    papers(engineer, now)
    promises(now)
    scratched(engineer, manager, warehouse, now)


def card(code: str, contact: str, by: Person, at: datetime) -> Supplier:
    """A supplier's card with somebody to write to."""
    partner = Partner.objects.get(code=code)
    email = f"quality@{code.removeprefix('S-').lower()}.example"
    return suppliers.enlist(partner=partner, owner=by, contact=contact, email=email, by=by, at=at)


def admit(one: Supplier, points: int, decision: str, by: Person, manager: Person, at: datetime) -> None:
    """The questionnaire, answered and decided."""
    made = suppliers.assess(supplier=one, kind="ADMISSION", by=by, at=at)
    said: dict[int, int | None] = {row.pk: points for row in made.answers.all()}
    suppliers.answer(assessment=made, points=said, remarks={}, by=by, at=at)
    suppliers.hand_in(assessment=made, by=by, at=at)
    made = reading.assessment(made.number)
    suppliers.decide(
        assessment=made, decision=decision, next_at=at + 365 * DAY, reason="Visited on site. 已现场评审。",
        password=ground.PASSWORD, seen_hash=signatures.content_hash(reading.seen(made)), by=manager, at=at,
    )


def papers(by: Person, now: datetime) -> None:
    """Certificates: one runs out soon, one has run out."""
    for code, name, number, days in (
        ("S-HUATIAN", "ISO 9001", "CN-Q-2024-118", 300), ("S-HUATIAN", "UL 94", "E-774411", 20),
        ("S-LANXIN", "IATF 16949", "IATF-0457781", 500), ("S-BAOLI", "ISO 9001", "CN-Q-2023-902", -5),
    ):
        one = reading.by_code(code)
        suppliers.add_paper(supplier=one, name=name, number=number, due_at=now + days * DAY, by=by, at=now - 40 * DAY)


def promises(now: datetime) -> None:
    """What purchase orders promised in these weeks."""
    for number, (material, code) in enumerate(ground.SOURCES.items()):
        for weeks in (4, 1):
            DeliveryPromise.objects.create(
                number=f"PO-26{number:02d}-{weeks}", supplier=Partner.objects.get(code=code),
                material=MaterialDefinition.objects.get(code=material), quantity=Decimal(100),
                due_at=now - (7 * weeks + number) * DAY,
            )


def scratched(engineer: Person, manager: Person, warehouse: Person, now: datetime) -> SupplierRequest:
    """A lot of bare boards: some of it goes back, and the supplier is asked, has answered once, and waits for us."""
    board, at = MaterialDefinition.objects.get(code="PCB-100"), now - 6 * DAY
    partner = Partner.objects.get(code="S-HUATIAN")
    lot = lots.receive(
        material=board, quantity=Decimal(200), site=site(), supplier=partner, supplier_lot="HT-2610-77",
        place="WH-A01", by=warehouse, at=at,
    )
    case = nonconformances.open(
        title="Scratched bare boards 裸板划伤", lots=[lot], by=warehouse, at=at,
        description="Twelve of two hundred boards are scratched over the connector. 200 块中 12 块连接器处划伤。",
    )
    dispositions.dispose(
        nonconformance=case, lines=[(lot, "RETURN", Decimal(12), ""), (lot, "USE_AS_IS", Decimal(188), "")],
        reason="Sorted: twelve go back. 已挑选：12 块退货。", password=ground.PASSWORD,
        seen_hash=signatures.content_hash(cases.seen(case)), by=engineer, at=at + timedelta(hours=5),
    )
    asked = supplier_requests.open_request(
        kind="SCAR", supplier=partner, site=site(), title=str(case.title), problem=case.description,
        nonconformance=case, material=board, by=engineer, at=at + timedelta(hours=6), language="zh-hans",
        email="quality@huatian.example", host="http://localhost",
    )
    first = answer(asked, 1, "Every box at our store was opened and sorted. 已逐箱挑选我司库存。", at + DAY)
    supplier_requests.judge(answer=first, is_accepted=True, reason="", by=engineer, at=at + 2 * DAY)
    answer(asked, 2, "The new tray rubs against the board edge. 新托盘摩擦板边。", at + 4 * DAY)
    return asked


def answer(asked: SupplierRequest, position: int, text: str, at: datetime) -> StepAnswer:
    """What the supplier wrote through the link."""
    asked.refresh_from_db()
    return supplier_answers.answer(
        request=asked, nonce=asked.nonce, position=position, text=text, author="Zhou Ling 周玲", by=system("qms"), at=at
    )
