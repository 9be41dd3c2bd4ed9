"""The list of files that were taken in."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from integrations.imports.objects import IMPORTED
from integrations.imports.queries import file_imports
from integrations.models import FileImport, FileImportStatus
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import DateRange, Multi, PersonFilter
from plant.lists.looks import Moment, Number, State, Text, Who


def import_url(row: FileImport) -> str:
    return reverse("integrations:import-detail", args=[row.pk])


def noun_name(row: FileImport) -> str:
    """What its rows are, in the plant's word."""
    return str(IMPORTED[row.noun].name) if row.noun in IMPORTED else row.noun


NEW = Link(
    label=_("Import a file"), url="integrations:import-new", action="file.import", icon="file-import", kind="primary"
)
IMPORTS = Listing(
    key="file-imports", title=_("Import of files"), url="integrations:import-list", action="file.import",
    subtitle=_("Master data, orders, lots and results from Excel, CSV or XML: checked first, then written."),
    rows=lambda viewer: file_imports.listing(), search=("file_name",), placeholder=_("Name of the file"),
    order="-uploaded_at", href=import_url, tone=lambda row: "warning" if row.refused else "",
    columns=(
        Column(key="file_name", label=_("File"), look=Text(href=import_url, icon="file-spreadsheet"),
               sort=("file_name",)),
        Column(key="noun", label=_("What the rows are"), value=noun_name),
        Column(key="status", label=_("State"), look=State(), sort=("status",)),
        Column(key="rows", label=_("Rows"), look=Number(), sort=("rows",)),
        Column(key="created", label=_("New"), look=Number(), sort=("created",)),
        Column(key="changed", label=_("Changed"), look=Number(), sort=("changed",)),
        Column(key="refused", label=_("Refused"), look=Number(), sort=("refused",)),
        Column(key="by", label=_("By"), look=Who(), sort=("by__name",)),
        Column(key="uploaded_at", label=_("Uploaded"), look=Moment(), sort=("uploaded_at",)),
    ),
    filters=(
        Multi(key="status", label=_("State"), options=FileImportStatus.choices),
        PersonFilter(key="by", label=_("By"), field="by"),
        DateRange(key="uploaded_at", label=_("Uploaded"), field="uploaded_at", more=True),
    ),
    links=(NEW,),
    nothing=Nothing(
        title=_("No file yet"), icon="file-import", links=(NEW,),
        text=_("Take a template, fill it in, and see what it would do before anything is written."),
    ),
)
