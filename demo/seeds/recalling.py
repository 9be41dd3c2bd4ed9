"""What the demonstration plant called back, and how quickly its last drill found everything."""

from datetime import datetime, timedelta

from demo.data import ground
from plant.commands import signatures
from plant.models import Person
from qms.commands import recall_work, recalls
from qms.models import Recall, RecallKind
from qms.queries import recalls as reading
from traceability.models import Bucket, LotBalance, MaterialLot
from traceability.starting import Asked

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def fill(engineer: Person, manager: Person, warehouse: Person, now: datetime) -> None:
    """A drill that is over, and a small recall that waits for its declaration: nothing is held when a plant begins."""
    out = LotBalance.objects.filter(bucket=Bucket.SHIPPED, quantity__gt=0).select_related("lot").order_by("-pk").first()
    if out is None:
        return
    drill(out.lot, engineer, manager, warehouse, now - 40 * DAY)
    recall(out.lot, engineer, now - DAY)


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


def recall(lot: MaterialLot, engineer: Person, at: datetime) -> Recall:
    """A small case whose scope is known: whoever shows the plant declares it, and sees what is held and told then."""
    one = recalls.begin(
        title="Boards of one lot without conformal coating 一批控制板漏涂三防漆", severity="MINOR",
        reason="Coating skipped on the last rack of the shift. 班末最后一架漏涂。", site=lot.site, by=engineer, at=at,
    )
    return recalls.take_scope(recall=one, asked=Asked("lot", lot.number), by=engineer, at=at + 6 * MINUTE)
