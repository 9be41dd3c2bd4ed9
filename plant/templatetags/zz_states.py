"""One palette for every state of the product: which colour, icon and word a lifecycle state is shown with."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Look = tuple[str, str, str | Promise]

ICONS: dict[str, str] = {
    "running": "player-play",
    "waiting": "clock-hour-4",
    "held": "hand-stop",
    "failed": "circle-x",
    "done": "circle-check",
    "warning": "alert-triangle",
    "unknown": "help-circle",
    "info": "info-circle",
}

# State -> (tone, icon or "" for the tone's own, word). Words follow the plant, see docs/architecture.md.
STATES: dict[str, Look] = {
    "PROPOSED": ("waiting", "pencil-question", _("Proposed")),
    "MANY": ("warning", "qrcode", _("Scanned too often")),
    "FAR": ("warning", "map-pin", _("At too many places in a day")),
    "DRAFT": ("unknown", "pencil", _("Draft")),
    "NEW": ("waiting", "sparkles", _("New")),
    "SEEN": ("running", "eye", _("Seen")),
    "OPEN": ("warning", "circle-dot", _("Open")),
    "PLANNED": ("waiting", "calendar-event", _("Planned")),
    "READY": ("waiting", "", _("Ready")),
    "RELEASED": ("done", "lock-open", _("Released")),
    "DISPATCHED": ("waiting", "send", _("Dispatched")),
    "PENDING": ("waiting", "", _("Pending")),
    "QUEUED": ("waiting", "", _("Queued")),
    "WAITING": ("waiting", "", _("Waiting")),
    "PAUSED": ("warning", "player-pause", _("Paused")),
    "IDLE": ("waiting", "player-pause", _("Idle")),
    "OFF": ("unknown", "power", _("Off")),
    "MAINTENANCE": ("warning", "tool", _("In maintenance")),
    "SETUP": ("waiting", "tool", _("Setting up")),
    "IN_REVIEW": ("waiting", "eye", _("In review")),
    "REVIEW": ("running", "eye", _("In review")),
    "ACTIONS": ("running", "tools", _("Actions running")),
    "EFFECTIVENESS": ("waiting", "zoom-check", _("Effectiveness check due")),
    "DECIDED": ("done", "gavel", _("Decided")),
    "RUNNING": ("running", "", _("Running")),
    "COLLECTING": ("running", "ruler-2", _("Collecting")),
    "CONCLUDED": ("waiting", "", _("Concluded")),
    "STARTED": ("running", "", _("Started")),
    "ACTIVE": ("running", "", _("Active")),
    "IN_PROGRESS": ("running", "", _("In progress")),
    "CONTAINED": ("held", "shield-check", _("Contained")),
    "INVESTIGATING": ("running", "search", _("Investigating")),
    "VERIFYING": ("running", "zoom-check", _("Verifying")),
    "HELD": ("held", "", _("Held")),
    "BLOCKED": ("held", "", _("Blocked")),
    "QUARANTINED": ("held", "", _("Quarantined")),
    "STOPPED": ("held", "player-stop", _("Stopped")),
    "FAILED": ("failed", "", _("Failed")),
    "DECLINED": ("unknown", "circle-minus", _("Declined")),
    "REJECTED": ("failed", "", _("Rejected")),
    "REFUSED": ("failed", "", _("Refused")),
    "SCRAPPED": ("failed", "trash", _("Scrapped")),
    "DOWN": ("failed", "", _("Down")),
    "FAULT": ("failed", "alert-octagon", _("Fault")),
    "ALARM": ("failed", "bell-ringing", _("Alarm")),
    "BAD": ("failed", "", _("Bad")),
    "OUT_OF_CONTROL": ("failed", "chart-dots", _("Out of control")),
    "OUT_OF_WINDOW": ("failed", "arrows-diff", _("Outside")),
    "IN_WINDOW": ("done", "", _("In the window")),
    "UPLOADED": ("waiting", "upload", _("Uploaded")),
    "CHECKING": ("running", "list-search", _("Being checked")),
    "CHECKED": ("waiting", "list-check", _("Checked, nothing written")),
    "WRITING": ("running", "database-import", _("Being written")),
    "LEFT": ("unknown", "x", _("Left unwritten")),
    "DONE": ("done", "", _("Done")),
    "COMPLETED": ("done", "", _("Completed")),
    "CLOSED": ("done", "", _("Closed")),
    "ACCEPTED": ("done", "", _("Accepted")),
    "PASSED": ("done", "", _("Passed")),
    "AVAILABLE": ("done", "", _("Available")),
    "APPROVED": ("done", "", _("Approved")),
    "DISPOSED": ("done", "gavel", _("Disposed")),
    "EFFECTIVE": ("done", "", _("Effective")),
    "IN_CONTROL": ("done", "", _("In control")),
    "ONLINE": ("done", "plug-connected", _("Online")),
    "GOOD": ("done", "", pgettext_lazy("reading", "Good")),
    "CONSUMED": ("unknown", "arrow-merge", _("Consumed")),
    "RETURNED": ("unknown", "truck-return", _("Returned")),
    "ACKNOWLEDGED": ("running", "eye-check", _("Acknowledged")),
    "FALSE_ALARM": ("unknown", "bell-off", _("False alarm")),
    "TAKEN": ("done", "clock-check", _("Taken late")),
    "RESUMED": ("running", "player-play", _("Resumed, rectification open")),
    "VERIFIED": ("done", "checks", _("Verified")),
    "DUE": ("warning", "clipboard-list", _("Due")),
    "ENTERED": ("waiting", "eye", _("Awaits approval")),
    "ANSWERED": ("waiting", "eye", _("Answered")),
    "WAIVED": ("unknown", "circle-minus", _("Left out")),
    "OVERRIDDEN": ("unknown", "lock-open", _("Overridden")),
    "SENT": ("done", "send", _("Sent")),
    "DEAD": ("failed", "mail-off", _("Given up")),
    "IGNORED": ("unknown", "history", _("Older, ignored")),
    "DROPPED": ("unknown", "trash-x", _("Given up")),
    "GONE": ("done", "equal", _("Agrees again")),
    "DISSOLVED": ("unknown", "package-off", _("Dissolved")),
    "SHIPPED": ("done", "truck-delivery", _("Shipped")),
    "IN_USE": ("done", "", _("In use")),
    "ON_HOLD": ("held", "", _("On hold")),
    "WITHDRAWN": ("unknown", "archive", _("Withdrawn")),
    "WARNING": ("warning", "", _("Warning")),
    "LATE": ("warning", "clock-exclamation", _("Late")),
    "OVERDUE": ("warning", "clock-exclamation", _("Overdue")),
    "SEALED": ("done", "lock", _("Sealed")),
    "EXPIRED": ("failed", "calendar-x", _("Expired")),
    "LOST": ("warning", "help-circle", _("Missing in a count")),
    "EXPIRING": ("warning", "calendar-x", _("Expires soon")),
    "COUNTING": ("running", "list-check", _("Being counted")),
    "COUNTED": ("waiting", "list-check", _("Counted")),
    "SETTLED": ("done", "", _("Settled")),
    "UNCERTAIN": ("warning", "", _("Uncertain")),
    "STALE": ("warning", "clock-pause", _("Stale")),
    "CANCELLED": ("unknown", "ban", _("Cancelled")),
    "OBSOLETE": ("unknown", "archive", _("Obsolete")),
    "OFFLINE": ("unknown", "plug-connected-x", _("Offline")),
    "UNKNOWN": ("unknown", "", _("Unknown")),
}

# The last word of a journal kind ("lot.held") -> (tone, icon) of its mark in a timeline.
VERBS: dict[str, tuple[str, str]] = {
    "held": ("held", "hand-stop"), "placed": ("held", "hand-stop"), "stopped": ("held", "player-stop"),
    "released": ("done", "lock-open"), "completed": ("done", "check"), "closed": ("done", "check"),
    "accepted": ("done", "check"), "approved": ("done", "check"), "shipped": ("done", "truck-delivery"),
    "signed": ("done", "signature"), "disposed": ("done", "gavel"), "started": ("running", "player-play"),
    "produced": ("running", "package"), "consumed": ("running", "arrow-merge"), "scanned": ("running", "barcode"),
    "moved": ("running", "arrow-right"), "received": ("running", "package-import"), "opened": ("warning", "flag"),
    "paused": ("warning", "player-pause"), "refused": ("failed", "circle-x"), "scrapped": ("failed", "trash"),
    "rejected": ("failed", "circle-x"), "detected": ("failed", "bell-ringing"), "created": ("waiting", "plus"),
    "changed": ("waiting", "pencil"), "cancelled": ("unknown", "ban"), "reversed": ("unknown", "arrow-back-up"),
}


def look(value: Any) -> tuple[str, str, str]:
    """The tone, icon and word of a state; a value with a label of its own (TextChoices) keeps that word."""
    key = str(getattr(value, "value", value) or "UNKNOWN").upper().replace("-", "_").replace(" ", "_")
    tone, icon, word = STATES.get(key, ("unknown", "", key.replace("_", " ").capitalize()))
    if key.lower() in ICONS and key not in STATES:
        tone = key.lower()
    return tone, icon or ICONS[tone], str(getattr(value, "label", "") or word)


def _read(entry: Any, *names: str) -> Any:
    """The first of these that the entry has, as a key or an attribute."""
    for name in names:
        found = entry.get(name) if isinstance(entry, dict) else getattr(entry, name, None)
        if found not in (None, ""):
            return found
    return ""


def row(entry: Any) -> dict[str, Any]:
    """One line of a timeline, from a journal entry (or a dict with the same names)."""
    kind = str(_read(entry, "kind"))
    tone, icon = VERBS.get(kind.rpartition(".")[2], ("unknown", "point"))
    return {
        "at": _read(entry, "at", "recorded_at"),
        "title": _read(entry, "title", "label") or kind,
        "actor": _read(entry, "actor_name", "actor", "person", "by"),
        "reason": _read(entry, "reason"),
        "text": _read(entry, "text", "detail"),
        "href": _read(entry, "href", "url"),
        "tone": _read(entry, "tone") or tone,
        "icon": _read(entry, "icon") or icon,
    }
