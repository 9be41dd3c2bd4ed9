"""The groups of the console's sidebar: what somebody comes to do there."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Group:
    """A task, and what its pages are about."""

    title: Any
    about: Any


GROUPS: dict[str, Group] = {
    "places": Group(_("Places and machines"), _("Sites, lines, stations, stores, and the controllers at them")),
    "materials": Group(_("Materials and partners"), _("What is bought, made and sold, in which units, from whom")),
    "making": Group(_("How it is made"), _("Routings, operations, bills of materials, recipes")),
    "quality": Group(_("Quality planning"), _("Characteristics, control plans, reactions, charts, reasons")),
    "measuring": Group(_("Measuring"), _("Parameters, the streams they arrive on, register maps")),
    "people": Group(_("People and skills"), _("Who works here, in which roles, with which skills")),
    "system": Group(_("System"), _("Numbers, keys of other systems, imports")),
    "records": Group(_("Records, only to read"), _("What happened: written by the plant, never here")),
}
