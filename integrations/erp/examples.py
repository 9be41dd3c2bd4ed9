"""One example of everything that is sent and answered, as the documentation shows it."""

from typing import Any

AT = "2026-03-02T08:00:00+00:00"
Example = dict[str, Any]

MATERIAL_IN: Example = {
    "code": "CB-100", "name": "Controller board", "unit": "C62", "use": "FINISHED", "tracking": "LOT",
}
MATERIAL: Example = {**MATERIAL_IN, "shelf_life_days": None, "gtin": "", "active": True}
EQUIPMENT_IN: Example = {"code": "L1-REFLOW", "name": "Reflow oven", "level": "WORK_UNIT", "parent": "L1"}
EQUIPMENT: Example = {**EQUIPMENT_IN, "state": "RUNNING", "state_at": AT, "active": True}

WORK_REQUEST_IN: Example = {
    "number": "ERP-2701", "material": "CB-100", "quantity": "100", "due_at": AT, "priority": 60, "customer": "C-NORTH",
}
OPERATION: Example = {
    "operation": "REFLOW", "station": "L1-REFLOW", "good": "40", "scrap": "1", "rework": "0", "wip": "20",
}
JOB_ORDER: Example = {
    "number": "JO-000042", "quantity": "100", "status": "RUNNING", "line": "L1", "due_at": AT, "started_at": AT,
    "ended_at": None, "good": "40", "scrap": "1", "operations": [OPERATION],
}
WORK_REQUEST: Example = {
    "number": "ERP-2701", "material": "CB-100", "quantity": "100", "unit": "C62", "status": "RELEASED", "priority": 60,
    "due_at": AT, "customer": "C-NORTH", "job_orders": [JOB_ORDER],
}

KIT: Example = {
    "job_order": "JO-000042", "status": "PLANNED", "quantity": "100", "needed_at": AT, "complete": True,
    "lines": [{
        "operation": "SCREW", "material": "SCREW-M3", "unit": "C62", "needed": "400", "free": "250", "short": "0",
        "substitutes": [
            {"material": "SCREW-M3-A2", "unit": "C62", "free": "900", "quantity": "150", "covers": "150"},
        ],
    }],
}  # fmt: skip
SHIPMENT_IN: Example = {
    "number": "ERP-D-881", "customer": "C-NORTH", "due_at": AT, "address": "1 Harbour Road",
    "lines": [{"line": 10, "material": "CB-100", "quantity": "20"}],
}
SHIPMENT: Example = {
    "number": "ERP-D-881", "customer": "C-NORTH", "status": "OPEN", "address": "1 Harbour Road", "vehicle": "",
    "due_at": AT, "shipped_at": None,
    "lines": [{"line": 10, "material": "CB-100", "unit": "C62", "quantity": "20", "picked": "12"}],
    "lots": [
        {
            "line": 10, "lot": "JO-000042-01", "material": "CB-100", "sscc": "040123450000000012", "pallet": None,
            "quantity": "12",
        },
    ],
}

HOLD_IN: Example = {"lot": "L-000123", "reason": "Supplier recalled this lot", "reference": "8D-77"}
RELEASE_IN: Example = {"reason": "The recall was a mistake"}
HOLD: Example = {
    "id": 12, "target_kind": "LOT", "target": "L-000123", "cause_kind": "API", "cause": "1f2e3d4c 8D-77",
    "nonconformance": None, "reason": "Supplier recalled this lot", "placed_at": AT, "placed_by": "api:erp",
    "released_at": None, "release_reason": "", "spread_from": None,
}
RELEASED: Example = {
    **HOLD, "released_at": AT, "release_reason": "The recall was a mistake",
    "released_with": [{"id": 13, "target": "SN-000731"}],
}

LOT_IN: Example = {
    "material": "PCB-100", "quantity": "500", "unit": "C62", "supplier": "S-PCB", "supplier_lot": "A7731",
}
LOT: Example = {
    "number": "L-000123", "kind": "LOT", "material": "PCB-100", "unit": "C62", "status": "AVAILABLE",
    "supplier": "S-PCB", "supplier_lot": "A7731", "job_order": "", "expires_at": None, "created_at": AT,
    "balances": [{"bucket": "STOCK", "place": "", "quantity": "500"}], "holds": [],
}
GENEALOGY: Example = {
    "lot": "L-000123", "direction": "downstream",
    "nodes": [
        {"number": "L-000123", "kind": "LOT", "material": "PCB-100", "status": "AVAILABLE"},
        {"number": "JO-000042-01", "kind": "LOT", "material": "CB-100", "status": "HELD"},
    ],
    "edges": [
        {
            "parent": "L-000123", "child": "JO-000042-01", "quantity": "20", "job_order": "JO-000042",
            "operation": "PLACE", "at": AT,
        },
    ],
}

SCAN_IN: Example = {
    "station": "L1-PLACE", "code": "L-000123", "event_id": "3b7f7c0e-52a5-4b58-8a31-3f2f1f6a9d11",
    "job_order": "JO-000042", "quantity": "20",
}
SCAN: Example = {
    "outcome": "accepted", "message": "L-000123: 20 pcs went into JO-000042-01.", "kind": "material",
    "lot": "L-000123", "next": "Go on; when it is done, scan its code again.", "replayed": False,
}

READINGS_IN: Example = {"readings": [{"stream": "ambient_humidity", "at": AT, "value": "46.2", "seq": 1}]}
READINGS: Example = {"received": 1, "stored": 1}

VIOLATION: Example = {
    "id": 7, "chart": "REFLOW-Z3", "rule": "nelson-2", "status": "OPEN", "at": AT, "value": "252.4",
    "last_good_at": AT, "ended_at": None, "detected_at": AT, "respond_by": AT, "nonconformance": "NC-000003",
    "snoozed_until": None, "cause": "TOOL-WEAR", "assignable_cause": "Nozzle worn", "action_taken": "Nozzle replaced",
    "closed_at": AT,
}
NONCONFORMANCE: Example = {
    "number": "NC-000003", "status": "OPEN", "severity": "MAJOR", "title": "Zone 3 runs away",
    "source_kind": "violation", "source": "7", "opened_at": AT, "closed_at": None,
    "suspect_from": AT, "suspect_to": AT, "equipment": "L1-REFLOW",
    "lots": [{"lot": "JO-000042-01", "status": "HELD", "quantity": "20", "disposed": "0", "direct": True}],
    "dispositions": [],
}
FEED: Example = {
    "results": [
        {
            "id": 900, "stream": "materiallot:12", "seq": 3, "kind": "lot.held", "subject_kind": "materiallot",
            "subject_id": "12", "subject": "L-000123", "actor": "spc", "at": AT, "reason": "Zone 3 runs away",
            "data": {},
        },
    ],
    "next": "812345.900",
}

ANALYSIS_IN: Example = {
    "analysis": "sampling_plan", "options": {"standard": "iso2859-1", "lot": 1200, "aql": "1.0", "level": "II"},
}
ANALYSIS: Example = {
    "standard": "iso2859-1", "severity": "normal", "level": "II", "lot": 1200, "aql": "1.0", "counts": "nonconforming",
    "code_letter": "J", "letter": "J", "n": 80, "ac": 2, "re": 3, "inspect_all": False, "sample": 80,
}

PACKED: Example = {
    "type": "AggregationEvent", "eventID": "urn:zhizao:event:6901234500004:packedlot-packing-12",
    "eventTime": "2026-11-22T13:00:00.000+08:00", "eventTimeZoneOffset": "+08:00", "bizStep": "packing",
    "action": "ADD", "disposition": "in_progress", "parentID": "https://id.gs1.org/00/069012345000000011",
    "childEPCs": ["https://id.gs1.org/01/06901234500028/21/SN0001"],
}
EPCIS: Example = {
    "type": "EPCISQueryDocument", "schemaVersion": "2.0", "creationDate": AT,
    "epcisBody": {"queryResults": {"queryName": "SimpleEventQuery", "resultsBody": {"eventList": [PACKED]}}},
}
EPCIS_IN: Example = {
    "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
    "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": AT, "epcisBody": {"eventList": [PACKED]},
}
EPCIS_TAKEN: Example = {
    "captureID": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "createdAt": AT,
    "finishedAt": AT, "running": False, "success": True, "events": 1, "new": 1,
}
