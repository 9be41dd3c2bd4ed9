"""What happens by the clock, and which queue carries which task."""

from typing import Any

# What waits for other systems has a queue of its own: a slow one never keeps the plant's own work waiting.
TASK_ROUTES = {
    "integrations.plc.*": {"queue": "plc"},
    **{f"integrations.{part}.*": {"queue": "edges"} for part in ("links", "notify", "webhooks", "imports")},
}

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "journal-deliver": {"task": "plant.deliver_journal", "schedule": 5.0, "options": {"expires": 5}},
    "notify-deliver": {"task": "integrations.notify.deliver", "schedule": 5.0, "options": {"expires": 5}},
    "webhooks-follow": {"task": "integrations.webhooks.follow", "schedule": 3.0, "options": {"expires": 3}},
    "notify-suppliers": {
        "task": "integrations.notify.deliver_to_suppliers", "schedule": 30.0, "options": {"expires": 30},
    },
    "notify-customers": {
        "task": "integrations.notify.deliver_to_customers", "schedule": 30.0, "options": {"expires": 30},
    },
    "links-fetch": {"task": "integrations.links.fetch", "schedule": 5.0, "options": {"expires": 5}},
    "links-carry-in": {"task": "integrations.links.carry_in", "schedule": 5.0, "options": {"expires": 5}},
    "links-hand-over": {"task": "integrations.links.hand_over", "schedule": 5.0, "options": {"expires": 5}},
    "links-watch": {"task": "integrations.links.watch", "schedule": 30.0, "options": {"expires": 30}},
    "links-empty": {"task": "integrations.links.empty", "schedule": 3600.0, "options": {"expires": 600}},
    "links-reconcile": {"task": "integrations.links.reconcile", "schedule": 600.0, "options": {"expires": 600}},
    "plc-poll": {"task": "integrations.plc.poll", "schedule": 5.0, "options": {"expires": 5}},
    "imports-sweep": {"task": "integrations.imports.sweep", "schedule": 30.0, "options": {"expires": 30}},
    "spc-sweep": {"task": "spc.sweep", "schedule": 10.0, "options": {"expires": 10}},
    "spc-escalate": {"task": "spc.escalate", "schedule": 30.0, "options": {"expires": 30}},
    "spc-samples": {"task": "spc.watch_samples", "schedule": 10.0, "options": {"expires": 10}},
    "spc-spread": {"task": "spc.spread", "schedule": 60.0, "options": {"expires": 60}},
    "spc-rate": {"task": "spc.rate", "schedule": 30.0, "options": {"expires": 30}},
    "mes-sweep-golden": {"task": "mes.sweep_golden", "schedule": 10.0, "options": {"expires": 10}},
    "mes-count": {"task": "mes.count_samples", "schedule": 15.0, "options": {"expires": 15}},
    "mes-judge-incoming": {"task": "mes.judge_incoming", "schedule": 60.0, "options": {"expires": 60}},
    "mes-checks": {"task": "mes.bring_checks_due", "schedule": 20.0, "options": {"expires": 20}},
    "mes-maintenance": {"task": "mes.judge_maintenance", "schedule": 60.0, "options": {"expires": 60}},
    "mes-completeness": {"task": "mes.judge_completeness", "schedule": 60.0, "options": {"expires": 60}},
    "mes-capture": {"task": "mes.count_capture", "schedule": 600.0, "options": {"expires": 600}},
    "mes-spot-checks": {"task": "mes.draw_spot_checks", "schedule": 60.0, "options": {"expires": 60}},
    "mes-routings": {"task": "mes.turn_routings", "schedule": 30.0, "options": {"expires": 30}},
    "mes-escalate": {"task": "mes.escalate", "schedule": 30.0, "options": {"expires": 30}},
    "qms-overdue": {"task": "qms.escalate_overdue", "schedule": 60.0, "options": {"expires": 60}},
    "qms-documents": {"task": "qms.turn_documents", "schedule": 60.0, "options": {"expires": 60}},
    "qms-sensors": {"task": "qms.watch_sensors", "schedule": 60.0, "options": {"expires": 60}},
    "public-scans": {"task": "traceability.count_scans", "schedule": 10.0, "options": {"expires": 10}},
    "reading-partitions": {"task": "traceability.make_partitions", "schedule": 3600.0, "options": {"expires": 600}},
    "reading-packing": {"task": "traceability.pack_readings", "schedule": 60.0, "options": {"expires": 60}},
    "reading-retention": {"task": "traceability.drop_readings", "schedule": 3600.0, "options": {"expires": 600}},
    "data-stewards": {"task": "traceability.tell_stewards", "schedule": 900.0, "options": {"expires": 900}},
    "dossiers-put-away": {"task": "traceability.put_dossiers_away", "schedule": 60.0, "options": {"expires": 60}},
    "genealogy-snapshot": {"task": "traceability.snapshot_genealogy", "schedule": 600.0, "options": {"expires": 600}},
    "sweep-files": {"task": "plant.sweep_files", "schedule": 86400.0, "options": {"expires": 3600}},
    "edges-pulse": {"task": "integrations.links.pulse", "schedule": 10.0, "options": {"expires": 10}},
    "beat-pulse": {"task": "plant.pulse", "schedule": 10.0, "options": {"expires": 10}},
}
