"""What the demonstration plant called back, and how quickly its last drill found everything."""

from datetime import datetime, timedelta
from decimal import Decimal

from demo.data import ground
from plant.commands import signatures
from plant.models import Person
from qms.commands import recall_work, recalls
from qms.models import Recall, RecallKind
from qms.queries import recalls as reading
from traceability.models import Bucket, LotBalance, MaterialLot
from traceability.starting import Asked

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NOTICE = {
    "text": "Do not install boards of this lot. Keep them apart and call us; we collect them.",
    "text_zh": "请勿安装该批次控制板。请单独存放并联系我们，我们将上门收回。",
}


def fill(engineer: Person, manager: Person, warehouse: Person, now: datetime) -> None:
    """A drill that is over, and a small recall that is under way."""
    out = LotBalance.objects.filter(bucket=Bucket.SHIPPED, quantity__gt=0).select_related("lot").order_by("-pk").first()
    if out is None:
        return
    drill(out.lot, engineer, manager, warehouse, now - 40 * DAY)
    recall(out.lot, out.quantity, engineer, warehouse, now - 2 * DAY)


def drill(lot: MaterialLot, engineer: Person, manager: Person, warehouse: Person, at: datetime) -> Recall:
    """From the supplier's lot of a bare board to whoever has a piece of it, in eleven minutes."""
    raw = MaterialLot.objects.filter(child_links__child=lot).exclude(supplier_lot="").order_by("pk").first()
    one = recalls.begin(
        title="Where is everything made of one delivery? 一次来料制成的产品都在哪里？", kind=RecallKind.DRILL,
        reason="Yearly rehearsal that two customers ask for. 两家客户要求的年度演练。", site=lot.site, goal_minutes=120,
        by=engineer, at=at,
    )
    asked = Asked("lot", raw.number if raw else lot.number)
    recalls.take_scope(recall=one, asked=asked, by=engineer, at=at + 11 * MINUTE)
    recalls.declare(recall=one, by=engineer, at=at + 12 * MINUTE)
    task = recall_work.add_task(
        recall=one, title="Reels of the store without a second label 仓库料盘补贴第二标签", owner=warehouse,
        due_at=at + 7 * DAY, by=engineer, at=at + 20 * MINUTE,
    )
    recall_work.finish_task(task=task, outcome="All 46 reels labelled. 46 盘均已补贴。", by=warehouse, at=at + 3 * DAY)
    fresh = Recall.objects.get(pk=one.pk)
    return recalls.close(
        recall=fresh, reason="Found within the goal; one gap closed. 在目标时间内完成，一处不足已改进。",
        password=ground.PASSWORD,
        seen_hash=signatures.content_hash(reading.seen(fresh)), by=manager, at=at + 4 * DAY,
    )


def recall(lot: MaterialLot, out: Decimal, engineer: Person, warehouse: Person, at: datetime) -> Recall:
    """One lot that a customer has, told by telephone, some of it destroyed there."""
    one = recalls.open_at_once(
        title="Boards of one lot without conformal coating 一批控制板漏涂三防漆", severity="MINOR",
        reason="Coating skipped on the last rack of the shift. 班末最后一架漏涂。", site=lot.site,
        asked=Asked("lot", lot.number), by=engineer, at=at, **NOTICE,
    )
    recall_work.add_task(
        recall=one, title="Arrange the collection with the forwarder 与货代安排取货", owner=warehouse,
        due_at=at + 5 * DAY, by=engineer, at=at + 30 * MINUTE,
    )
    customer = reading.customers(one)[0].customer
    recall_work.tell(
        recall=one, customer=customer, way="PHONE", contact="Lin Yue 林悦", by=engineer, at=at + 60 * MINUTE
    )
    recall_work.answer(
        recall=one, customer=customer, material=lot.material, destroyed=min(out, Decimal(2)), used=Decimal(0),
        remark="Two were cut up on the spot. 两件已现场剪毁。", by=engineer, at=at + DAY,
    )
    return one
