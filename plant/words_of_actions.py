"""Actions of the table of rights in words: what it is about, and what is done."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NOUNS: dict[str, Any] = {
    "account": _("Own account"), "partner": _("Partner's own business"), "home": _("Home"), "search": _("Search"),
    "inbox": _("Inbox"), "wall": _("Wall screen"), "view": _("Saved view"), "master": _("Master data"),
    "lot": _("Lot"), "hold": _("Hold"), "reading": _("Reading"), "order": _("Production order"), "job": _("Work order"),
    "inspection": _("Inspection"), "nonconformance": _("Nonconformance"), "capa": _("CAPA"),
    "chart": _("Control chart"), "study": _("Gauge study"), "violation": _("Violation"), "sample": _("Sample"),
    "golden": _("Golden parameters"), "deviation": _("Deviation"), "reject": _("Reject rate"),
    "completeness": _("Completeness of trace data"), "spot-check": _("Spot check"),
    "plc": _("PLC"), "journal": _("Journal"), "visit": _("Visit"), "station": _("Station"),
    "scan": _("Scan"), "report": _("Report"), "equipment": _("Equipment"), "badge": _("Badge"),
    "control-plan": _("Control plan"), "fmea": _("FMEA"), "apqp": _("APQP project"), "drawing": _("Drawing"),
    "containment": _("Containment"),
    "delivery": _("Delivery of news"),
    "demo": _("Demonstration"), "people": _("People"), "role": _("Roles"), "device": _("Tablets"),
    "api-key": _("API keys"), "health": _("State of the system"), "label": _("Label"), "escalation": _("Escalation"),
    "talk": _("Comments and files"), "channel": _("Channel"), "epcis": _("EPCIS events"),
    "file": _("Import of files"),
    "sampling": _("Sampling plan"), "public": _("Customers' page"),
    "correction": _("Change of trace data"), "anomaly": _("Data to put right"),
    "archive": _("Archive of dossiers"),
    "history": _("Work of another system"), "material": _("Material"), "sensor": _("Sensor"), "feedback": _("Feedback"),
    "stock": _("Stock"), "count": _("Stock count"), "call": _("Material call"),
    "roster": _("Roster"), "handover": _("Handover notes"),
    "stoppage": _("Stopped work"), "rectification": _("Rectification"), "check": _("Operator check"),
    "oee": _("OEE"), "stop": _("Stop"), "refusal": _("Refused afterwards"), "andon": _("Andon call"),
    "maintenance": _("Maintenance"), "part": _("Spare part"), "tool": _("Tool"), "recipe": _("Recipe"),
    "document": _("Document"),
    "complaint": _("Complaint"), "rma": _("Return of a customer"), "survey": _("Satisfaction"),
    "recall": _("Recall"),
    "supplier": _("Supplier"), "supplier-request": _("Request to a supplier"),
    "setup": _("Feeder set-up"), "carrier": _("Carrier"), "operation": _("Operation"),
    "gauge": _("Gauge"), "impact": _("Impact review"),
    "audit": _("Audit"), "quality": _("Quality desk"), "quality-cost": _("Cost of quality"),
    "board": _("Review board"), "return": _("Return to supplier"), "concession": _("Concession"),
    "connection": _("Connection"), "mapping": _("Mapping"), "exchange": _("Message of a connection"),
    "reconciliation": _("Reconciliation"),
    "unit": _("Cartons and pallets"), "goods": _("Finished goods"), "shipment": _("Shipment"),
}
VERBS: dict[str, Any] = {
    "": pgettext_lazy("act", "do"), "use": pgettext_lazy("act", "use"), "view": pgettext_lazy("act", "look"),
    "read": pgettext_lazy("act", "look"), "manage": pgettext_lazy("act", "manage"),
    "save": pgettext_lazy("act", "save"),
    "share": pgettext_lazy("act", "share"), "curate": pgettext_lazy("act", "keep for everybody"),
    "receive": pgettext_lazy("act", "receive"), "make": pgettext_lazy("act", "make"),
    "split": pgettext_lazy("act", "split"), "move": pgettext_lazy("act", "move"),
    "consume": pgettext_lazy("act", "consume"), "produce": pgettext_lazy("act", "produce"),
    "block": pgettext_lazy("act", "bring held lots to blocked stock"), "ask": pgettext_lazy("act", "ask for"),
    "settle": pgettext_lazy("act", "approve differences"), "propose": pgettext_lazy("act", "propose"),
    "undo": pgettext_lazy("act", "take back"), "print": pgettext_lazy("act", "print"),
    "record": pgettext_lazy("act", "record"), "place": pgettext_lazy("act", "place"),
    "release": pgettext_lazy("act", "release"), "release-cause": pgettext_lazy("act", "release by a decision"),
    "release-short": pgettext_lazy("act", "release with material missing"), "call": pgettext_lazy("act", "call for"),
    "change-revision": pgettext_lazy("act", "change the revision"),
    "add-operation": pgettext_lazy("act", "add an operation"), "skip": pgettext_lazy("act", "pass over"),
    "cancel": pgettext_lazy("act", "cancel"), "plan": pgettext_lazy("act", "plan"),
    "import": pgettext_lazy("act", "take over"), "capture": pgettext_lazy("act", "take documents"),
    "dispatch": pgettext_lazy("act", "dispatch"), "start": pgettext_lazy("act", "start"),
    "pause": pgettext_lazy("act", "pause"), "complete": pgettext_lazy("act", "complete"),
    "sign-off-others": pgettext_lazy("act", "sign others off"), "state": pgettext_lazy("act", "set the state"),
    "unblock": pgettext_lazy("act", "unblock"), "create": pgettext_lazy("act", "create"),
    "decide": pgettext_lazy("act", "decide"), "open": pgettext_lazy("act", "open"),
    "review": pgettext_lazy("act", "review"), "add-lots": pgettext_lazy("act", "add lots"),
    "dispose": pgettext_lazy("act", "dispose"), "close": pgettext_lazy("act", "close"),
    "stop-equipment": pgettext_lazy("act", "stop equipment"),
    "restart-equipment": pgettext_lazy("act", "restart equipment"),
    "approve": pgettext_lazy("act", "approve"), "step": pgettext_lazy("act", "step up"),
    "waive": pgettext_lazy("act", "leave out"), "lift-stop": pgettext_lazy("act", "let stopped work go on"),
    "stop": pgettext_lazy("act", "stop"), "resume": pgettext_lazy("act", "let go on"),
    "verify": pgettext_lazy("act", "verify"), "repeat": pgettext_lazy("act", "do once more"),
    "edit": pgettext_lazy("act", "edit"), "do": pgettext_lazy("act", "carry out"),
    "check": pgettext_lazy("act", "check"),
    "contain": pgettext_lazy("act", "contain"), "configure": pgettext_lazy("act", "configure"),
    "design": pgettext_lazy("act", "design"), "measure": pgettext_lazy("act", "measure"),
    "paste": pgettext_lazy("act", "bring tables of values"),
    "replace-part": pgettext_lazy("act", "replace a part in repair"),
    "load": pgettext_lazy("act", "put in and take out"),
    "spread": pgettext_lazy("act", "make from a definition"),
    "freeze": pgettext_lazy("act", "freeze limits"), "evaluate": pgettext_lazy("act", "evaluate"),
    "acknowledge": pgettext_lazy("act", "acknowledge"),
    "answer": pgettext_lazy("act", "answer"), "judge": pgettext_lazy("act", "judge"),
    "promise": pgettext_lazy("act", "promise deliveries"),
    "dismiss": pgettext_lazy("act", "dismiss"),
    "assign": pgettext_lazy("act", "assign"), "snooze": pgettext_lazy("act", "put off"),
    "watch": pgettext_lazy("act", "watch"), "override": pgettext_lazy("act", "override"),
    "tick": pgettext_lazy("act", "tick off steps"), "escalate": pgettext_lazy("act", "escalate"),
    "demo": pgettext_lazy("act", "demonstrate"),
    "write": pgettext_lazy("act", "write set points"), "replay": pgettext_lazy("act", "send again"),
    "compare": pgettext_lazy("act", "compare"),
    "appoint": pgettext_lazy("act", "appoint who answers"), "trace": pgettext_lazy("act", "trace"),
    "keep": pgettext_lazy("act", "keep"), "drop": pgettext_lazy("act", "drop"), "say": pgettext_lazy("act", "write"),
    "attach": pgettext_lazy("act", "attach files"),
    "moderate": pgettext_lazy("act", "moderate"), "calibrate": pgettext_lazy("act", "calibrate"),
    "act": pgettext_lazy("act", "carry out actions"), "tell": pgettext_lazy("act", "tell"),
    "explain": pgettext_lazy("act", "explain"),
    "work": pgettext_lazy("act", "work on machines"), "sign": pgettext_lazy("act", "sign off"),
    "book": pgettext_lazy("act", "book"), "mount": pgettext_lazy("act", "mount"),
    "renew": pgettext_lazy("act", "give a new life"),
    "lend": pgettext_lazy("act", "lend and take back"), "hold": pgettext_lazy("act", "keep from use"),
    "withdraw": pgettext_lazy("act", "withdraw"),
    "assess": pgettext_lazy("act", "assess"), "triage": pgettext_lazy("act", "take on or decline"),
    "report": pgettext_lazy("act", "write down"), "analyse": pgettext_lazy("act", "analyse"),
    "finish": pgettext_lazy("act", "finish"), "draft": pgettext_lazy("act", "draft"),
    "declare": pgettext_lazy("act", "declare"),
    "turn": pgettext_lazy("act", "put into effect on its day"), "teach": pgettext_lazy("act", "teach"),
    "classify": pgettext_lazy("act", "classify"), "sort": pgettext_lazy("act", "sort"),
    "conduct": pgettext_lazy("act", "conduct"), "desk": pgettext_lazy("act", "look"),
    "recheck": pgettext_lazy("act", "look at again"), "cost": pgettext_lazy("act", "enter costs"),
    "vote": pgettext_lazy("act", "vote"), "send": pgettext_lazy("act", "send"),
    "refuse": pgettext_lazy("act", "refuse"),
    "pack": pgettext_lazy("act", "pack"), "unpack": pgettext_lazy("act", "unpack"),
    "pick": pgettext_lazy("act", "pick"), "ship": pgettext_lazy("act", "ship"),
    "carry": pgettext_lazy("act", "carry in and out"), "mend": pgettext_lazy("act", "mend"),
    "run": pgettext_lazy("act", "compare anew"),
    "take-back": pgettext_lazy("act", "take goods back"),
    "lots": pgettext_lazy("act", "look at own lots"), "orders": pgettext_lazy("act", "look at own orders"),
    "requests": pgettext_lazy("act", "look at own requests"),
    "deliveries": pgettext_lazy("act", "look at own deliveries"),
    "complaints": pgettext_lazy("act", "look at own complaints"),
}
MATERIAL = {"lot", "hold", "reading", "visit", "label", "unit", "goods", "shipment"}
PRODUCTION = {
    "order", "job", "station", "scan", "report", "equipment", "wall", "oee", "stop", "andon", "maintenance", "part",
    "tool", "refusal",
}
QUALITY = {
    "inspection", "nonconformance", "capa", "chart", "study", "violation", "sample", "control-plan",
    "containment", "escalation", "sampling", "sensor", "gauge", "impact", "document", "supplier",
    "supplier-request", "complaint", "rma", "recall", "survey", "fmea", "apqp", "drawing", "board",
    "return", "concession", "audit", "quality", "quality-cost", "completeness", "spot-check",
}
OWN = {"account", "partner", "home", "search", "inbox", "view", "talk", "demo", "feedback"}
ELSE = _("Keeping the house")
GROUPS: list[tuple[Any, set[str]]] = [
    (_("Material"), MATERIAL), (_("Production"), PRODUCTION), (_("Quality"), QUALITY), (_("For oneself"), OWN),
]


def word(action: str) -> tuple[Any, Any]:
    """What an action is about, and what is done; a name of the table that has no word stands as it is."""
    noun, _dot, verb = action.partition(".")
    return NOUNS.get(noun, noun), VERBS.get(verb, verb)


def group(action: str) -> Any:
    """Under which heading an action stands; whatever no heading names is a matter of keeping the house."""
    noun = action.partition(".")[0]
    return next((label for label, nouns in GROUPS if noun in nouns), ELSE)
