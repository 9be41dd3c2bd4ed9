"""Two other systems: an ERP that sends its master data, with messages in every state, and a store over files."""

import json
import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from demo.data import ground
from integrations.adapters.port import Incoming, Never, Receipt, Total
from integrations.links import work
from integrations.links.commands import (
    connections,
    desk,
    doors,
    exchanges,
    inbox,
    mapping_rows,
    mappings,
    outbox,
    reconciling,
)
from integrations.links.outgoing import News
from integrations.links.queries.mappings import content
from integrations.models import (
    CodeMap,
    CodeMapEntry,
    Connection,
    Difference,
    Direction,
    DoorWay,
    Exchange,
    Mapping,
)
from mes.models import WorkRequest
from plant.commands.signatures import content_hash
from plant.models import Equipment, EquipmentLevel, Person

UNITS = (("ST", "C62"), ("PC", "C62"), ("G", "GRM"))
ROWS: tuple[dict[str, Any], ...] = (
    {"field": "code", "path": "MATNR", "transform": "PAD", "argument": "18", "required": True, "meaning": "物料号"},
    {"field": "name", "path": "MAKTX", "required": True, "meaning": "物料描述"},
    {"field": "unit", "path": "MEINS", "transform": "LOOKUP", "argument": "SAP-UNITS", "required": True,
     "meaning": "基本单位"},
    {"field": "use", "path": "MTART", "transform": "LOOKUP", "argument": "SAP-TYPES", "default": "RAW"},
    {"field": "shelf_life_days", "path": "MHDHB", "on_error": "SKIP", "meaning": "总货架寿命"},
)
OUT: tuple[dict[str, Any], ...] = (
    {"field": "job_order", "path": "OrderID", "required": True}, {"field": "operation", "path": "OperationActivity"},
    {"field": "good", "path": "ConfirmationYieldQuantity", "transform": "NUMBER", "argument": "number"},
    {"field": "scrap", "path": "ConfirmationScrapQuantity", "transform": "NUMBER", "argument": "number"},
    {"field": "at", "path": "PostingDate", "transform": "DATE", "argument": "%Y-%m-%d"},
)
SENT = (
    ("000000000000047110", "Shielding can 屏蔽罩", "ST", "ROH", "1"),
    ("000000000000047111", "Thermal pad 导热垫", "ST", "ROH", "1"),
    ("000000000000047111", "Thermal pad 2 mm 导热垫 2 mm", "ST", "ROH", "2"),
    ("000000000000047112", "Conformal coating 三防漆", "L", "ROH", "1"),
    ("000000000000047113", "", "ST", "ROH", "1"),
)


def fill(people: dict[str, Person], at: datetime) -> None:
    """Both, with what flowed over them in the last hours."""
    writer, other, site = people["integrator"], people["manager"], Equipment.objects.get(level=EquipmentLevel.SITE)
    lists()
    erp = connect("sap", "SAP S/4HANA", site, writer, at - timedelta(days=20), endpoint="https://s4.example.com/",
                  other_system="SAP S/4HANA", other_version="2023 FPS01", sends=True, sent_nouns=["job-reports"])
    connect("wms", "WMS 仓库系统", site, writer, at - timedelta(days=20), kind="files", sends=True,
            sent_nouns=["goods-receipts", "shipments", "shortages"], rhythm="MINUTES", every=1,
            other_system="WMS", settings={"format": "csv"})
    mapped(erp, "material-definitions", Direction.IN, ROWS, writer, other, at - timedelta(days=15))
    mapped(erp, "job-reports", Direction.OUT, OUT, writer, other, at - timedelta(days=15))
    revise(erp, writer, at - timedelta(hours=6))
    look_after(erp, writer, at)
    receive(erp, at - timedelta(hours=3))
    report(erp, at - timedelta(hours=2))
    mend(writer, at - timedelta(hours=1))
    compare(erp, at - timedelta(hours=5))
    connections.put(
        code="sap", by=writer, at=at, sends=False, door=DoorWay.HMAC, allowed_from=["10.20.0.0/16"], keep_days=400
    )
    doors.issue(connection=erp, by=writer, at=at - timedelta(days=2))
    Connection.objects.filter(pk=erp.pk).update(last_ok_at=at - timedelta(minutes=3))


def lists() -> None:
    """What units and types are called over there."""
    for code, name, pairs in (
        ("SAP-UNITS", "SAP units 单位", UNITS), ("SAP-TYPES", "SAP material types 物料类型", (("ROH", "RAW"),)),
    ):
        made = CodeMap.objects.create(code=code, name=name)
        CodeMapEntry.objects.bulk_create(CodeMapEntry(code_map=made, theirs=one, ours=ours) for one, ours in pairs)


def connect(code: str, name: str, site: Equipment, by: Person, at: datetime, **said: Any) -> Connection:
    """A connection in use."""
    wanted = {"name": name, "kind": "http-json", "site": site, "receives": True, "settings": {}, **said}
    made = connections.put(code=code, by=by, at=at, **wanted)
    return connections.switch(connection=made, on=True, by=by, at=at)


def mapped(
    link: Connection, noun: str, direction: str, rows: tuple[dict[str, Any], ...], by: Person, other: Person,
    at: datetime,
) -> None:
    """A mapping in effect: written by one, signed by another."""
    made = mappings.create(connection=link, noun=noun, direction=direction, by=by, at=at)
    for values in rows:
        mapping_rows.save(mapping=made, key=uuid.uuid4(), version=0, values=values, by=by, at=at)
    made = mappings.submit(mapping=made, by=by, at=at)
    mappings.approve(
        mapping=made, reason="Compared with the field list of SAP. 与 SAP 字段清单核对一致。",
        password=ground.PASSWORD, seen_hash=content_hash(content(made)), by=other, at=at,
    )


def receive(erp: Connection, at: datetime) -> None:
    """Master data of the ERP: taken, older, without a unit that is known, without a name."""
    for number, name, unit, kind, version in SENT:
        body = {"MATNR": number, "MAKTX": name, "MEINS": unit, "MTART": kind, "MHDHB": ""}
        one = Incoming("material-definitions", number.lstrip("0"), version,
                       json.dumps(body, ensure_ascii=False).encode(), "application/json")
        inbox.receive(connection=erp, incoming=one, by=erp.acts_as, at=at)
    sample = json.dumps({"MATNR": "000000000000047199", "MAKTX": "Ferrite 磁珠", "MEINS": "ST", "MTART": "ROH"})
    connections.keep_sample(
        connection=erp, noun="material-definitions", name="MATMAS 磁珠", body=sample.encode(),
        content_type="application/json", by=Person.objects.get(number="integrator"), at=at,
    )
    work.carry_in(clock=lambda: at)


def report(erp: Connection, at: datetime) -> None:
    """Confirmations: two that the ERP has, one that it refused, one that waits behind it."""
    orders = list(WorkRequest.objects.order_by("number").values_list("number", flat=True)[:2]) or ["PO-1"]
    for n, order in enumerate([orders[0], orders[-1], orders[0], orders[0]]):
        words = {"id": n, "at": at.isoformat(), "job_order": f"{order}-1", "work_request": order, "operation": "AOI",
                 "good": str(40 + n), "scrap": str(n % 2), "rework": "0"}
        outbox.tell(connection=erp, news=News("job-reports", f"{order}-1", f"demo:{n}", words), entry=None, at=at)
    batch = exchanges.take(connection=erp, direction=Direction.OUT, at=at)
    while batch is not None:
        for one in batch.exchanges:
            found: Receipt | Never = Receipt(f"4900{one.seq:06d}", "201 Created")
            if one.seq == 3:
                found = Never("HTTP 400 Order is locked by user MUELLER 订单被用户锁定")
            work.written(work.Outcome(one, batch.lease, found), at)
        batch = exchanges.take(connection=erp, direction=Direction.OUT, at=at)


def mend(by: Person, at: datetime) -> None:
    """A change that waits for its second person."""
    row = Exchange.objects.filter(status="DEAD", direction=Direction.IN).order_by("-seq").first()
    if row is not None:
        body = json.dumps({**json.loads(bytes(row.body)), "MAKTX": "EMI gasket 导电泡棉"}, ensure_ascii=False)
        desk.propose(exchange=row, body=body, reason="Name asked of purchasing by phone. 电话向采购确认名称。",
                     by=by, at=at)


def revise(erp: Connection, by: Person, at: datetime) -> None:
    """A revision of a mapping that somebody is writing."""
    [standing] = Mapping.objects.filter(connection=erp, noun="material-definitions")
    draft = mappings.revise(mapping=standing, reason="Gross weight is sent as well. 增加毛重字段。", by=by, at=at)
    values = {"field": "name", "path": "MAKTX_ZH", "meaning": "中文描述"}
    mapping_rows.save(mapping=draft, key=uuid.uuid4(), version=0, values=values, by=by, at=at)


def look_after(erp: Connection, by: Person, at: datetime) -> None:
    """Tests of the connection: it worked, it did not, it came back with another version."""
    for days, works, said, version, took in (
        (18, True, "HTTP 200", "2023 FPS01", 412), (9, False, "HTTP 503 Maintenance 系统维护中", "", 10_012),
        (8, True, "HTTP 200", "2023 FPS02", 388),
    ):
        connections.tested(
            connection=erp, works=works, said=said, version=version, took_ms=took, by=by, at=at - timedelta(days=days)
        )


def compare(erp: Connection, at: datetime) -> None:
    """Both books of two orders and of stock: some figures agree, some do not."""
    rows = list(WorkRequest.objects.select_related("material").order_by("number")[:2])
    ours = [Total("YIELD", one.number, one.material.code, Decimal(40), "C62") for one in rows]
    theirs = [Total("YIELD", one.number, one.material.code, Decimal(40 - 2 * n), "C62") for n, one in enumerate(rows)]
    ours += [Total("STOCK", "", "PCB-100", Decimal(4200), "C62"), Total("STOCK", "", "CB-100", Decimal(96), "C62")]
    theirs += [Total("STOCK", "", "PCB-100", Decimal(4180), "C62"), Total("STOCK", "", "CB-100", Decimal(96), "C62")]
    by = Person.objects.get(number="integrator")
    reconciling.compared(connection=erp, ours=ours, theirs=theirs, orders=len(rows), by=by, at=at)
    one = Difference.objects.filter(connection=erp, measure="STOCK").get()
    planner = Person.objects.get(number="planner")
    reconciling.assign(difference=one, owner=Person.objects.get(number="warehouse"), by=planner, at=at)

