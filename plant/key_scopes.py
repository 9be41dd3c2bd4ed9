"""What a key of another system may be limited to."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SCOPES: dict[str, Any] = {
    "master:read": _("read materials, routings, equipment, partners, units, reasons"),
    "master:write": _("add and change materials, equipment, partners, units, reasons; add routings"),
    "persons:read": _("read people, without what they may do"),
    "persons:write": _("make people known and let them go; never what they may do"),
    "orders:read": _("read production orders and their progress"),
    "orders:write": _("send production orders"),
    "history:write": _("send work orders that another system finished"),
    "shipments:read": _("read shipments, what was picked for them and what left"),
    "shipments:write": _("send shipments"),
    "deliveries:read": _("read deliveries that suppliers promised"),
    "deliveries:write": _("send deliveries that suppliers promised"),
    "lots:read": _("read lots and their genealogy"),
    "lots:write": _("receive lots"),
    "holds:read": _("read holds"),
    "holds:write": _("place and release holds"),
    "scans:write": _("send scans"),
    "readings:write": _("send readings"),
    "quality:read": _("read violations, nonconformances, inspections"),
    "quality:write": _("send inspection results"),
    "andon:read": _("read andon calls"),
    "andon:write": _("call for help, answer calls and settle them"),
    "maintenance:read": _("read work orders of maintenance and plans"),
    "maintenance:write": _("open, begin and finish work orders of maintenance"),
    "tools:read": _("read tools and their lives"),
    "analyses:run": _("have statistics made of what is sent, without storing it"),
    "epcis:read": _("read EPCIS events, ours and those of partners"),
    "epcis:write": _("send EPCIS documents"),
    "changes:read": _("read what changed, of the kinds that the key may read"),
    "journal:read": _("read the whole record book"),
    "metrics": _("read gauges for Prometheus"),
}
