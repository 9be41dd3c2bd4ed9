"""B2MML: what others write is read, what we write is valid and reads back, and nothing dangerous is opened."""

from datetime import UTC, datetime
from typing import Any

import pytest

from integrations.adapters.b2mml import reading, writing
from integrations.bodies import TooLarge, Unreadable
from integrations.formats import safe_xml
from tests import conformance

AT = datetime(2026, 12, 1, 10, tzinfo=UTC)
ORDER = {"number": "WO-7", "material": "FG-100", "quantity": "25", "unit": "C62", "due_at": "2026-12-02T00:00:00+00:00",
         "priority": 50}
REPORT = {
    "id": "R-1", "order": "WO-7", "job_order": "JO-7", "operation": "SMT", "station": "LINE-1", "person": "E1001",
    "started_at": "2026-12-01T08:00:00+00:00", "at": "2026-12-01T09:30:00+00:00", "state": "COMPLETED",
    "produced": [{"material": "FG-100", "lot": "LOT-A", "quantity": "24", "unit": "C62"}],
    "consumed": [{"material": "RM-PCB", "lot": "LOT-P", "quantity": "25", "unit": "C62"}],
    "data": {"scrap": "1", "rework": "0"},
}
MATERIALS = [
    {"code": "FG-100", "name": "Регулятор <№1> & 主板", "unit": "C62", "use": "FINISHED", "tracking": "SERIAL",
     "shelf_life_days": 90, "gtin": "", "active": True},
    {"code": "RM\x01PCB", "name": "bare", "unit": "C62"},
]
PLACES = [
    {"code": "S1", "name": "Site", "level": "SITE", "parent": None},
    {"code": "LINE-1", "name": "Line", "level": "WORK_CENTER", "parent": "S1"},
    {"code": "ST-1", "name": "Station", "level": "WORK_UNIT", "parent": "LINE-1"},
]
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><OperationsSchedule><ID>&c;</ID></OperationsSchedule>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><Equipment><ID>&f;</ID></Equipment>"""
FOREIGN = b"""<!DOCTYPE Equipment SYSTEM "http://127.0.0.1:9/x.dtd"><Equipment><ID>1</ID></Equipment>"""


def ours() -> dict[str, bytes]:
    """A message of each kind that we write."""
    def told(verb: str, noun: str, body: Any) -> bytes:
        return writing.message(verb, noun, [body], id="m-1", at=AT)

    return {
        "orders": told("Sync", "OperationsSchedule", writing.schedule([ORDER], id="OS-1")),
        "reports": told("Process", "OperationsPerformance", writing.performance([REPORT], id="OP-1")),
        "materials": told("Sync", "MaterialInformation", writing.materials(MATERIALS, id="MI-1")),
        "equipment": told("Sync", "EquipmentInformation", writing.equipment(PLACES, id="EI-1")),
    }


@pytest.mark.parametrize("name", ["orders", "reports", "materials", "equipment"])
def test_everything_we_write_is_valid(name: str) -> None:
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(conformance.locate("b2mml/Schema/AllSchemas.xsd")))
    document = etree.fromstring(ours()[name])
    assert schema.validate(document), schema.error_log.filter_from_errors()
    document.find("{*}DataArea")[1].append(etree.Element("{http://www.mesa.org/xml/B2MML}Nonsense"))
    assert not schema.validate(document)


def test_what_we_write_reads_back() -> None:
    told = {name: reading.read(content) for name, content in ours().items()}
    [order] = told["orders"]
    assert (order.noun, order.key, order.version) == ("work-requests", "WO-7", AT.isoformat())
    assert {**order.words} == {**ORDER, "priority": "50"}
    [report] = told["reports"]
    assert {name: report.words[name] for name in ("order", "operation", "station", "person", "produced", "consumed",
            "data", "at")} == {name: REPORT[name] for name in ("order", "operation", "station", "person", "produced",
            "consumed", "data", "at")}
    first, second = told["materials"]
    assert {**first.words} == {"code": "FG-100", "name": "Регулятор <№1> & 主板", "unit": "C62", "use": "FINISHED",
                               "tracking": "SERIAL", "shelf_life_days": "90", "active": "true"}
    assert second.key == "RM\N{REPLACEMENT CHARACTER}PCB"
    assert [{**row.words} for row in told["equipment"]] == PLACES
    assert not any(row.faults for rows in told.values() for row in rows)


def test_every_example_is_read() -> None:
    folder = conformance.locate("b2mml/messages")
    found = {path.stem: reading.read(path.read_bytes()) for path in sorted(folder.glob("*.xml"))}
    [order] = found["sync_operations_schedule"]
    assert {**order.words} == {
        "number": "WO-2026-000123", "material": "FG-100", "quantity": "25", "unit": "PCE",
        "due_at": "2026-12-02T00:00:00Z", "priority": "5", "release": False,
    }
    [report] = found["process_operations_performance"]
    assert report.words["order"] == "WO-2026-000123"
    assert report.words["produced"] == [{"material": "FG-100", "lot": "LOT-A", "quantity": "24", "unit": "PCE"}]
    assert report.words["consumed"] == [{"material": "RM-PCB", "lot": "LOT-P", "quantity": "25", "unit": "PCE"}]


def test_what_can_not_be_read_is_said_of_its_row_alone() -> None:
    good = writing.schedule([ORDER], id="OS-2")
    bad = writing.schedule([{**ORDER, "number": "WO-8", "due_at": ""}], id="x").find("OperationsRequest")
    safe_xml.child(bad, "SegmentRequirement", "MaterialRequirement", "MaterialUse").text = "Consumed"
    good.append(bad)
    first, second = reading.read(writing.message("Sync", "OperationsSchedule", [good], id="m", at=AT))
    assert not first.faults
    assert set(second.faults) == {"material", "due_at"}
    [place] = reading.read(b"<Equipment><ID>E</ID><EquipmentLevel>Enterprise</EquipmentLevel></Equipment>")
    assert "WorkCenter" in place.faults["level"]


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE, FOREIGN, b"<open>", b"", b"\xff\xfe\x00", b"<Nonsense/>",
                                     b"<GetEquipment><DataArea/></GetEquipment>",
                                     b'<?xml version="1.0" encoding="klingon"?><Equipment/>',
                                     b"<a>" * 200 + b"</a>" * 200])
def test_what_is_dangerous_or_no_document_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        reading.read(content)


def test_a_document_has_a_size() -> None:
    with pytest.raises(TooLarge):
        safe_xml.parse(b"<a>" + b" " * 20_000_001)


def test_chinese_encodings_are_read() -> None:
    text = '<?xml version="1.0" encoding="GBK"?><Equipment><ID>线-1</ID><Description>贴片线</Description>' \
           "<EquipmentLevel>ProductionLine</EquipmentLevel></Equipment>"
    [row] = reading.read(text.encode("gbk"))
    assert (row.key, row.words["name"]) == ("线-1", "贴片线")
