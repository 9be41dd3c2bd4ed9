"""FMEA and control plans that a CAPA may have revised: those of its material, by their newest revision."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.models import Person
from qms import reopening
from qms.commands import fmeas, plans
from qms.models import ControlPlan, CorrectiveAction, Fmea
from qms.reopening import Document, Keeper

CONTROL_PLAN, FMEA = "control-plan", "fmea"


def plan_url(key: str) -> str:
    return reverse("qms:control-plan-detail", args=[int(key)])


def fmea_url(key: str) -> str:
    return reverse("qms:fmea-detail", args=[int(key)])


def plans_of(capa: CorrectiveAction) -> list[Document]:
    """The control plans of its material."""
    rows = ControlPlan.objects.filter(material=capa.material_id, material__isnull=False).order_by("code", "-revision")
    return [Document(CONTROL_PLAN, one.code, str(one)) for one in rows.distinct("code")]


def fmeas_of(capa: CorrectiveAction) -> list[Document]:
    """The FMEA of its material."""
    rows = Fmea.objects.filter(material=capa.material_id, material__isnull=False).order_by("code", "-revision")
    return [Document(FMEA, one.code, str(one)) for one in rows.distinct("code")]


def revise_plan(key: str, capa: CorrectiveAction, reason: str, by: Person, at: datetime) -> Document:
    """A draft of the next revision, which names the CAPA that called for it."""
    made = plans.reopen(code=key, reason=reason, source_kind="CAPA", source_id=capa.number, by=by, at=at)
    return Document(CONTROL_PLAN, str(made.pk), str(made))


def revise_fmea(key: str, capa: CorrectiveAction, reason: str, by: Person, at: datetime) -> Document:
    """The same of an FMEA."""
    made = fmeas.reopen(code=key, reason=reason, source_kind="CAPA", source_id=capa.number, by=by, at=at)
    return Document(FMEA, str(made.pk), str(made))


reopening.register(Keeper(CONTROL_PLAN, _("Control plan"), plans_of, revise_plan, plan_url))
reopening.register(Keeper(FMEA, _("FMEA"), fmeas_of, revise_fmea, fmea_url))
