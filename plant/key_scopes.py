"""What a key of another system may be limited to."""

SCOPES: dict[str, str] = {
    "master:read": "materials and equipment",
    "master:write": "add and change materials and equipment",
    "orders:read": "production orders and their progress",
    "orders:write": "send production orders",
    "shipments:read": "shipments, what was picked for them and what left",
    "shipments:write": "send shipments",
    "lots:read": "lots and their genealogy",
    "lots:write": "receive lots",
    "holds:read": "holds",
    "holds:write": "place and release holds",
    "scans:write": "send scans",
    "readings:write": "send readings",
    "quality:read": "violations, nonconformances, inspections",
    "quality:write": "inspection results",
    "analyses:run": "statistics of what is sent, without storing it",
    "journal:read": "the change feed",
    "metrics": "gauges for Prometheus",
}
