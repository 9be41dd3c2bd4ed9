"""The part of the table of rights that is about documents, suppliers and customers; read with plant/permissions.py."""

from plant.models import PersonKind, Role

PLANNER, LEADER, MAINTENANCE, INSPECTOR = Role.PLANNER, Role.TEAM_LEADER, Role.MAINTENANCE, Role.INSPECTOR
WAREHOUSE = Role.WAREHOUSE
QUALITY = frozenset({Role.QUALITY_ENGINEER, Role.QUALITY_MANAGER})
PEOPLE = frozenset(Role.values) - {Role.SUPPLIER, Role.CUSTOMER}
SYSTEM, API = PersonKind.SYSTEM.value, PersonKind.INTEGRATION.value
EVERYONE = PEOPLE | {SYSTEM, API}

PARTNER_ACTIONS: dict[str, frozenset[str]] = {
    # People of other companies: their own business on its own pages
    "partner.requests": frozenset({Role.SUPPLIER}),
    "partner.deliveries": frozenset({Role.CUSTOMER}),
    "partner.complaints": frozenset({Role.CUSTOMER}),
    # Controlled documents: written by one, approved by another, read by whoever gets them
    "document.read": EVERYONE,
    "document.write": QUALITY | {PLANNER, LEADER, MAINTENANCE},
    "document.approve": QUALITY,
    "document.turn": frozenset({SYSTEM}),
    "document.sign": PEOPLE - {Role.VIEWER, Role.ADMINISTRATOR},
    "document.teach": QUALITY | {LEADER},
    # Suppliers: assessed by one, admitted by another; what they are asked, and what the dock makes of their lots
    "supplier.read": EVERYONE,
    "supplier.keep": QUALITY | {PLANNER},
    "supplier.assess": QUALITY | {PLANNER, INSPECTOR},
    "supplier.decide": QUALITY,
    "supplier.judge": frozenset({SYSTEM}),
    "supplier.promise": frozenset({SYSTEM, API}),
    "supplier-request.read": EVERYONE,
    "supplier-request.open": QUALITY | {PLANNER},
    "supplier-request.judge": QUALITY,
    "supplier-request.answer": frozenset({SYSTEM}),
    # Customers: what they complain about, what they send back, how content they are
    "complaint.read": EVERYONE,
    "complaint.report": QUALITY | {PLANNER, LEADER, INSPECTOR, WAREHOUSE},
    "complaint.triage": QUALITY,
    "complaint.answer": QUALITY,
    "complaint.close": QUALITY,
    "rma.read": EVERYONE,
    "rma.open": QUALITY | {PLANNER},
    "rma.receive": QUALITY | {WAREHOUSE},
    "rma.analyse": QUALITY | {INSPECTOR, MAINTENANCE, LEADER},
    "rma.decide": QUALITY,
    "rma.finish": QUALITY | {MAINTENANCE, LEADER},
    # Recalls and their drills: one declares, another closes
    "recall.read": EVERYONE,
    "recall.draft": QUALITY,
    "recall.declare": QUALITY,
    "recall.act": QUALITY,
    "recall.finish": PEOPLE - {Role.VIEWER, Role.ADMINISTRATOR},
    "recall.close": QUALITY,
    "survey.record": QUALITY | {PLANNER},
}
