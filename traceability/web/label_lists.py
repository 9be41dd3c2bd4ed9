"""The list of label templates."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Flag, Multi
from plant.lists.looks import Text
from traceability.models import LabelKind, LabelTemplate, Symbology

NEW = Link(
    label=_("New template"), url="admin:traceability_labeltemplate_add", action="master.edit", icon="plus",
    kind="primary",
)


def url(row: LabelTemplate) -> str:
    return reverse("traceability:label-template", args=[row.pk])


def every() -> "QuerySet[LabelTemplate]":
    """The templates in use."""
    return LabelTemplate.objects.filter(active=True).select_related("material", "customer")


def size(row: Any) -> str:
    return f"{row.width} × {row.height} mm"


TEMPLATES = Listing(
    key="label-templates", title=_("Label templates"), url="traceability:label-template-list", action="label.print",
    subtitle=_("How labels look. The row that says most counts: customer and material, customer, material, then all."),
    rows=lambda viewer: every(), search=("material__code", "material__name", "customer__code", "customer__name"),
    placeholder=_("Material or customer"), order="kind", href=url,
    columns=(
        Column(key="kind", label=_("Label of"), value="get_kind_display", look=Text(href=url), sort=("kind",)),
        Column(key="customer", label=_("Customer"), value="customer", sort=("customer__code",)),
        Column(key="material", label=_("Material"), value="material", sort=("material__code",)),
        Column(key="symbology", label=_("Symbol"), value="get_symbology_display", sort=("symbology",)),
        Column(key="size", label=_("Size"), value=size, sort=("width", "height")),
        Column(key="language", label=_("Language"), value="get_language_display", hidden=True),
        Column(key="check", label=_("Scanned back"), value="needs_check", sort=("needs_check",)),
    ),
    filters=(
        Multi(key="kind", label=_("Label of"), options=LabelKind.choices),
        Multi(key="symbology", label=_("Symbol"), options=Symbology.choices),
        Flag(key="needs_check", label=_("Scanned back")),
    ),
    links=(NEW,),
    nothing=Nothing(
        title=_("No templates yet"), icon="qrcode", links=(NEW,),
        text=_("Labels look as usual until somebody adds a template for a kind, a material or a customer."),
    ),
)
