"""FMEA and control plans that a CAPA or a complaint may have revised: those of its material."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.models import Person
from qms import reopening
from qms.commands import fmeas, plans
from qms.models import ControlPlan, Fmea
from qms.reopening import Caller, Document, Keeper

CONTROL_PLAN, FMEA = "control-plan", "fmea"


def plan_url(key: str) -> str:
    return reverse("qms:control-plan-detail", args=[int(key)])


def fmea_url(key: str) -> str:
    return reverse("qms:fmea-detail", args=[int(key)])


def plans_of(material: int) -> list[Document]:
    """The control plans of a material."""
    rows = ControlPlan.objects.filter(material=material).order_by("code", "-revision")
    return [Document(CONTROL_PLAN, one.code, str(one)) for one in rows.distinct("code")]


def fmeas_of(material: int) -> list[Document]:
    """The FMEA of a material, and of the families that it belongs to."""
    family = Fmea.objects.filter(family__materials=material).values("code")
    rows = Fmea.objects.filter(Q(material=material) | Q(code__in=family)).order_by("code", "-revision")
    return [Document(FMEA, one.code, str(one)) for one in rows.distinct("code")]


def revise_plan(key: str, caller: Caller, reason: str, by: Person, at: datetime) -> Document:
    """A draft of the next revision, which names what called for it."""
    made = plans.reopen(code=key, reason=reason, source_kind=caller.kind, source_id=caller.number, by=by, at=at)
    return Document(CONTROL_PLAN, str(made.pk), str(made))


def revise_fmea(key: str, caller: Caller, reason: str, by: Person, at: datetime) -> Document:
    """The same of an FMEA."""
    made = fmeas.reopen(code=key, reason=reason, source_kind=caller.kind, source_id=caller.number, by=by, at=at)
    return Document(FMEA, str(made.pk), str(made))


reopening.register(Keeper(CONTROL_PLAN, _("Control plan"), plans_of, revise_plan, plan_url))
reopening.register(Keeper(FMEA, _("FMEA"), fmeas_of, revise_fmea, fmea_url))
