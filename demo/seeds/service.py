"""What customers of the demonstration plant say and send back."""

from datetime import datetime, timedelta
from decimal import Decimal

from plant.models import Equipment, Partner, Person
from qms.commands import complaints, rmas
from qms.models import Complaint
from traceability.commands import holds
from traceability.models import Bucket, Hold, LotBalance, MaterialLot

DAY = timedelta(days=1)
SCORES = [("C-NORTH", "OVERALL", 9, "Quick answers. 响应迅速。"), ("C-NORTH", "DELIVERY", 7, ""),
          ("C-HAIYUN", "QUALITY", 6, "Two dark displays this year. 今年有两台不显示。"), ("C-HAIYUN", "OVERALL", 8, "")]


def fill(engineer: Person, manager: Person, warehouse: Person, now: datetime) -> None:
    """One complaint closed with a repair, one being worked on, one new; what customers say in a survey."""
    out = LotBalance.objects.filter(bucket=Bucket.SHIPPED, quantity__gt=0).select_related("lot__site").order_by("pk")
    lots = [row.lot for row in out[:3]]
    site = lots[0].site
    done = complaints.report(
        number=lots[0].number, title="Relay does not switch 继电器不动作", severity="MAJOR", site=site, by=engineer,
        at=now - 12 * DAY, quantity=1,
        description="After two weeks in the lift the relay stays open. 装机两周后继电器不吸合。",
    )
    complaints.accept(complaint=done, owner=engineer, by=engineer, at=now - 12 * DAY)
    repaired(done, lots[0], engineer, manager, warehouse, now - 10 * DAY)
    complaints.answer(
        complaint=done, text="One joint was open; the profile was corrected, stock was screened. "
        "一处焊点开路；已修正炉温曲线并筛查库存。", by=engineer, at=now - 8 * DAY,
    )
    complaints.close(complaint=done, reason="Customer is content. 客户满意。", by=manager, at=now - 7 * DAY)
    running = complaints.report(
        number=lots[1].number, title="Display stays dark 不显示", site=site, by=engineer, at=now - 3 * DAY, quantity=2,
        description="Two of twenty in one cabinet. 同一机柜 20 台中有 2 台。",
    )
    complaints.accept(complaint=running, owner=engineer, by=engineer, at=now - 2 * DAY)
    complaints.report(
        number="HY-2025-0031", title="Connector hard to plug 连接器插接困难", severity="MINOR", source="FIELD",
        site=site, customer=Partner.objects.get(code="C-HAIYUN"), by=warehouse, at=now - DAY, owner=engineer,
    )
    for number, (code, topic, score, remark) in enumerate(SCORES):
        complaints.record_satisfaction(
            customer=Partner.objects.get(code=code), topic=topic, score=score, remark=remark, by=manager,
            at=now - (20 - number) * DAY,
        )


def repaired(
    case: Complaint, lot: MaterialLot, engineer: Person, manager: Person, warehouse: Person,
    at: datetime,
) -> None:
    """One piece came back, was analysed, repaired under warranty, and stands in the dossier."""
    one = rmas.open_rma(complaint=case, lot=lot, quantity=Decimal(1), in_warranty=True, by=engineer, at=at)
    store = Equipment.objects.get(code="WH-HOLD")
    rmas.receive(rma=one, store=store, by=warehouse, at=at + timedelta(hours=20))
    rmas.analyse(
        rma=one, analysis="Joint of relay K2 open after thermal cycling. 继电器 K2 焊点热循环后开路。", by=engineer,
        at=at + timedelta(hours=26),
    )
    rmas.decide(rma=one, decision="REPAIR", reason="In warranty, our joint. 保修期内，我方焊点。", by=manager,
                at=at + timedelta(hours=27))
    for hold in Hold.objects.filter(lot=lot, released_at__isnull=True):
        holds.release(hold=hold, reason="Repaired and tested. 已维修并测试。", by=manager, at=at + timedelta(hours=40))
    rmas.finish(rma=one, done="K2 soldered anew, tested 24 h. 重焊 K2，老化测试 24 小时。", by=engineer,
                at=at + timedelta(hours=40))
