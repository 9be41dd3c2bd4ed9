"""Parts of the product that a plant may leave out: a table of what belongs to each, and what needs which.

What is switched off (setting MODULES_OFF) has no page, no line in the rail and no act for people; whatever needs it is
off along with it, and `manage.py check` says so. Records stay, and so do inspections and nonconformances, which stand
alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Module:
    """A part: the nouns of its actions in the table of rights, and the parts that it can't do without."""

    title: Any
    nouns: frozenset[str]
    needs: frozenset[str] = frozenset()


MODULES: dict[str, Module] = {
    "production": Module(_("Production"), frozenset({
        "order", "job", "station", "scan", "report", "wall", "oee", "stop", "andon", "maintenance", "part", "tool",
        "refusal",
    })),
    "shipping": Module(_("Packing and shipping"), frozenset({"unit", "shipment"})),
    "spc": Module(_("Process control"), frozenset({"chart", "study", "violation", "sample"})),
    "capa": Module(_("CAPA"), frozenset({"capa"})),
    "audits": Module(_("Audits"), frozenset({"audit"}), frozenset({"capa"})),
    "complaints": Module(_("Complaints"), frozenset({"complaint", "rma", "survey"})),
    "suppliers": Module(_("Suppliers"), frozenset({"supplier", "supplier-request"})),
    "documents": Module(_("Documents"), frozenset({"document"})),
    "fmea": Module(_("FMEA"), frozenset({"fmea"})),
    "apqp": Module(_("APQP"), frozenset({"apqp"}), frozenset({"fmea"})),
    "quality-cost": Module(_("Cost of quality"), frozenset({"quality-cost"})),
}


def off() -> dict[str, str]:
    """What is switched off, and because of what: itself, or a part that it needs."""
    return _off(tuple(settings.MODULES_OFF))


@cache
def _off(named: tuple[str, ...]) -> dict[str, str]:
    found = {name: name for name in named if name in MODULES}
    while more := {
        name: next(iter(sorted(module.needs & set(found))))
        for name, module in MODULES.items() if name not in found and module.needs & set(found)
    }:
        found |= more
    return found


def is_on(name: str) -> bool:
    return name not in off()


def of_action(action: str) -> str:
    """The switched-off part that an action belongs to, or nothing."""
    gone = off()
    if not gone:
        return ""
    noun = action.partition(".")[0]
    return next((name for name in gone if noun in MODULES[name].nouns), "")


@checks.register
def told(app_configs: Any = None, **more: Any) -> Iterable[checks.CheckMessage]:
    """A name that is no part, and parts that are off because of another one."""
    unknown = [name for name in settings.MODULES_OFF if name not in MODULES]
    known = ", ".join(MODULES)
    return [
        *[checks.Error(f"MODULES_OFF names “{name}”, which is none of: {known}.", id="plant.E001") for name in unknown],
        *[
            checks.Warning(f"“{name}” is switched off too, for it needs “{cause}”.", id="plant.W001")
            for name, cause in off().items() if name != cause
        ],
    ]
