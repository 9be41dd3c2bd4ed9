"""Doors for other systems: keys, a webhook with its log, files that somebody brings in."""

from datetime import datetime, timedelta

from integrations.imports import running
from integrations.imports.commands import file_imports
from integrations.models import Channel, ChannelKind, Message, MessageStatus, News, Weight
from integrations.notify.commands import channels
from integrations.webhooks.commands import events
from plant.commands import api_keys
from plant.models import JournalEntry, Person

KEYS: tuple[tuple[str, tuple[str, ...], tuple[str, ...], int], ...] = (
    ("erp", ("master:read", "master:write", "orders:read", "orders:write", "changes:read"), ("10.20.0.0/16",), 365),
    ("wms", ("lots:read", "lots:write", "master:read", "shipments:read"), ("10.20.4.11/32",), 365),
    ("bi", ("orders:read", "lots:read", "quality:read", "changes:read"), (), 90),
    ("old-mes", ("history:write",), (), 30),
)
HEARD = ("lot.held", "hold.released", "nonconformance.opened")
RECEIPTS = """批号,物料,数量,供应商,供应商批号
R-90411,PCB-100,200,S-LANXIN,LX-2291
R-90412,CAP-10U,5000,S-LANXIN,LX-2292
R-90413,CAP-10UF,5000,S-LANXIN,LX-2293
R-90414,MCU-32,-5,S-LANXIN,LX-2294
"""
ORDERS = """单号,物料,数量,交期
ERP-9001,CB-100,40,2026-12-20T08:00:00+08:00
ERP-9002,CB-999,60,2026-12-21T08:00:00+08:00
"""


def fill(people: dict[str, Person], at: datetime) -> None:
    """What administrators, integrators and clerks see of them."""
    keys(people["admin"], at)
    webhook(people["admin"], at)
    bring("material-lots", "到货 2026-11.csv", RECEIPTS, people["warehouse"], at - timedelta(hours=1))
    bring("work-requests", "订单.csv", ORDERS, people["planner"], at - timedelta(hours=2))


def keys(admin: Person, at: datetime) -> None:
    """Four programs; one is followed by a new key, one is let go."""
    made = {}
    for name, scopes, networks, days in KEYS:
        until = at + timedelta(days=days)
        made[name], _text = api_keys.create(name=name, scopes=scopes, by=admin, expires_at=until, networks=networks)
    for name in ("erp", "wms"):
        api_keys.mark_used(key=made[name], at=at - timedelta(minutes=4))
    api_keys.rotate(key=made["erp"], by=admin, at=at)
    api_keys.revoke(key=made["old-mes"], reason="Migration is over. 迁移已完成。", by=admin, at=at)


def webhook(admin: Person, at: datetime) -> None:
    """A channel for a program, switched off so that nothing leaves the demonstration, and what it was told before."""
    made = Channel.objects.create(
        code="andon-app", name="质量看板 Quality app", kind=ChannelKind.WEBHOOK, enabled=False,
        address="https://hooks.example.com/zhizao",
    )
    channels.change_secret(channel=made, by=admin)
    for kind in HEARD:
        events.ask(channel=made, kind=kind, by=admin, at=at)
    entries = JournalEntry.objects.filter(kind__in=HEARD).order_by("-pk")[:12]
    Message.objects.bulk_create([_sent(made, entry, place == 3) for place, entry in enumerate(entries)])


def _sent(channel: Channel, entry: JournalEntry, is_dead: bool) -> Message:
    """An event that the other side took at once, or never."""
    told = {"status": MessageStatus.SENT, "attempts": 1, "sent_at": entry.at + timedelta(seconds=2)}
    if is_dead:
        error = "HTTP 503 Service Unavailable"
        told = {"status": MessageStatus.DEAD, "attempts": 8, "sent_at": None, "last_error": error}
    return Message(
        key=f"event.{entry.pk}.{channel.pk}", channel=channel, entry_id=entry.pk, news=News.EVENT,
        weight=Weight.NORMAL, title=f"{entry.kind} {entry.subject_label}"[:200], facts=events.told(entry),
        made_at=entry.at, next_at=entry.at, **told,
    )


def bring(noun: str, name: str, text: str, by: Person, at: datetime) -> None:
    """A file that was checked and not written yet: some of its rows can't be taken."""
    row = file_imports.upload(
        noun=noun, file_name=name, content=text.encode(), encoding="", is_whole=False, by=by, at=at
    )
    row = file_imports.begin_check(file_import=row, columns=row.columns, by=by, at=at)
    running.run(row.pk)
