"""Files of rows: headings are known in both languages, cells become words, and what is written reads back."""

from datetime import UTC, datetime

import pytest

from integrations.erp.serializers import ShipmentIn, WorkRequestIn
from integrations.formats import columns, tables
from integrations.formats.columns import columns_of
from mes.models import WorkRequest
from plant.console.files import FileRefused
from traceability.models import Shipment

ORDERS = columns_of(WorkRequestIn, key="number", model=WorkRequest)
SHIPMENTS = columns_of(ShipmentIn, key="number", model=Shipment)
ROW = {"number": "WO-1", "material": "PCB", "quantity": "12.5", "due_at": "2026-12-01T08:00:00+08:00", "priority": "50",
       "release": "no"}


def read(content: bytes, name: str = "x.csv", **options: str) -> list[dict[str, str]]:
    return [line.cells for line in tables.opened(name, content, **options)[1]]


@pytest.mark.parametrize("kind", tables.KINDS)
def test_what_is_written_reads_back(kind: str) -> None:
    heads = [column.head() for column in ORDERS]
    content = tables.written(kind, "Orders", heads, [[ROW.get(head.name, "") for head in heads]])
    headings, lines = tables.opened(f"x.{kind}", content)
    named = columns.matched(ORDERS, headings)
    [line] = lines
    said = columns.words(ORDERS, {name: line.cells[heading] for heading, name in named.items()})
    assert {name: said[name] for name in ("number", "material", "quantity", "release")} == {
        "number": "WO-1", "material": "PCB", "quantity": "12.5", "release": False}
    assert datetime.fromisoformat(said["due_at"]) == datetime(2026, 12, 1, tzinfo=UTC)
    assert said["customer"] is None


@pytest.mark.parametrize("kind", tables.KINDS)
def test_a_template_is_empty_and_its_headings_are_known(kind: str) -> None:
    content = tables.template(kind, "Orders", [column.head() for column in ORDERS])
    headings, lines = tables.opened(f"x.{kind}", content)
    assert set(columns.matched(ORDERS, headings).values()) == {column.name for column in ORDERS}
    assert not [line for line in lines if any(line.cells.values())]


def test_headings_of_other_systems_are_known() -> None:
    found = ["生产订单号", "物料编码*", "数量（件）", "交期", "Prio", "Farbe"]
    assert columns.matched(ORDERS, found) == {
        "生产订单号": "number", "物料编码*": "material", "数量（件）": "quantity", "交期": "due_at", "Prio": "priority"}
    assert columns.matched(ORDERS, ["A", "Qty", "Amount"], {"A": "number", "Qty": ""}) == {
        "A": "number", "Amount": "quantity"}


def test_rows_of_one_key_are_one_object_with_its_list() -> None:
    text = "number,customer,due_at,lines.line,lines.material,lines.quantity\n" \
           "S-1,ACME,2026-12-01,1,PCB,5\nS-1,ACME,2026-12-01,2,CAP,7\nS-2,ACME,2026-12-02 09:30,1,PCB,1\n"
    rows = ((number, columns.words(SHIPMENTS, cells)) for number, cells in enumerate(read(text.encode()), 2))
    first, second = columns.joined(rows, SHIPMENTS)
    assert (first[0], second[0]) == (2, 4)
    assert first[1]["lines"] == [{"line": "1", "material": "PCB", "quantity": "5"},
                                 {"line": "2", "material": "CAP", "quantity": "7"}]
    assert [cells["lines.line"] for cells in columns.parted(first[1], SHIPMENTS)] == ["1", "2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_are_found_out(encoding: str) -> None:
    assert read("编码,名称\nA,电路板\n".encode(encoding)) == [{"编码": "A", "名称": "电路板"}]


def test_an_encoding_that_is_said_is_kept_to() -> None:
    assert read("编码\n电路板\n".encode("gbk"), encoding="gb18030") == [{"编码": "电路板"}]
    with pytest.raises(FileRefused):
        read("编码\n电路板\n".encode("gbk"), encoding="utf-8")
    with pytest.raises(FileRefused):
        read(b"code\n\xff\xff\xff\n")


def test_many_rows_are_read_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    content = ("code,name\n" + "".join(f"M{n},Name {n}\n" for n in range(tables.MOST_ROWS))).encode()
    _headings, lines = tables.opened("x.csv", content)
    assert next(lines).cells == {"code": "M0", "name": "Name 0"}
    assert sum(1 for _line in lines) == tables.MOST_ROWS - 1
    with pytest.raises(FileRefused):
        list(tables.opened("x.csv", content + b"X,one too many\n")[1])
    document = tables.as_xml(["code"], [["1"], ["2"], ["3"]])
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    with pytest.raises(FileRefused):
        list(tables.opened("x.xml", document)[1])


def test_xml_of_others_is_read_by_the_name_of_its_rows() -> None:
    content = b'<a xmlns="urn:x"><Item id="1"><Name>N</Name></Item><Item id="2"/></a>'
    assert read(content, "x.xml", tag="Item") == [{"id": "1", "Name": "N"}, {"id": "2"}]
    with pytest.raises(FileRefused):
        read(content, "x.xml", tag="row")
