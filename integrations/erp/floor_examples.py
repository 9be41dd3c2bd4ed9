"""One example of everything about the shop floor that is sent and answered."""

from integrations.erp.examples import AT, Example

ANDON_IN: Example = {"station": "L1-PLACE", "kind": "MACHINE", "note": "Belt slips", "job_order": "JO-000042"}
ANDON: Example = {
    "id": 31, **ANDON_IN, "about": "MACHINE", "status": "OPEN", "called_by": "api:cmms", "called_at": AT,
    "owner_role": "MAINTENANCE", "owner": None, "respond_by": AT, "acknowledged_by": None, "acknowledged_at": None,
    "kind_of_cause": None, "cause": "", "action_taken": "", "closed_at": None, "maintenance_orders": [],
}
ANSWERED: Example = {
    **ANDON, "status": "ACKNOWLEDGED", "owner": "api:cmms", "acknowledged_by": "api:cmms", "acknowledged_at": AT,
}
SETTLE_IN: Example = {"kind_of_cause": "TOOL-WEAR", "cause": "Belt torn", "action_taken": "New belt"}
SETTLED: Example = {**ANSWERED, **SETTLE_IN, "status": "CLOSED", "closed_at": AT}

MAINTENANCE_IN: Example = {"equipment": "L1-PLACE", "title": "Change the belt", "due_at": AT}
MAINTENANCE_LINE: Example = {
    "number": "MO-000007", **MAINTENANCE_IN, "kind": "OTHER", "status": "OPEN", "plan": None, "andon": None,
    "owner_role": "MAINTENANCE", "owner": None, "opened_by": "api:cmms", "opened_at": AT, "started_at": None,
    "done_by": None, "done_at": None, "hours": None, "findings": "", "kind_of_cause": None, "closed_at": None,
}
MAINTENANCE: Example = {**MAINTENANCE_LINE, "steps": []}
STARTED: Example = {**MAINTENANCE, "status": "STARTED", "owner": "api:cmms", "started_at": AT}
FINISH_IN: Example = {
    "findings": "Belt worn", "hours": "1.5", "steps": [{"step": 1, "done": True}, {"step": 2, "done": False,
                                                                                   "remark": "No grease left"}],
}
FINISHED: Example = {
    **STARTED, "kind": "PLANNED", "plan": "LUB", "status": "DONE", "done_by": "api:cmms", "done_at": AT,
    "hours": "1.5", "findings": "Belt worn",
    "steps": [
        {"step": 1, "text": "Tighten the belt", "required": True, "done": True, "remark": ""},
        {"step": 2, "text": "Grease the rail", "required": False, "done": False, "remark": "No grease left"},
    ],
}
PLAN: Example = {
    "code": "LUB", "name": "Lubricate", "equipment": None, "equipment_class": "PLACERS", "every_days": 30,
    "every_hours": None, "every_count": 100000, "parameter": None, "above": None, "when_due": "STOP",
    "owner_role": "MAINTENANCE", "active": True,
}
DUE: Example = {
    "id": 12, "plan": "LUB", "equipment": "L1-PLACE", "by": "DAYS", "used_percent": 72, "overdue": False,
    "last_done_at": AT, "judged_at": AT,
}
TOOL: Example = {
    "code": "STENCIL-1", "name": "Stencil", "worn_by": "PIECES", "life": 50000, "pieces_a_shot": 1, "used": "12040",
    "used_percent": 24, "worn_out": False, "when_over": "STOP", "equipment_class": None, "mounted_at": "L1-PRINT",
    "judged_at": AT, "active": True,
}
TOOL_HISTORY: Example = {
    "lives": [{"used": "48000", "reason": "New frame", "by": "E301", "ended_at": AT}],
    "mountings": [
        {
            "station": "L1-PRINT", "from_at": AT, "to_at": None, "used_before": "0", "used_after": None, "reason": "",
        },
    ],
}
