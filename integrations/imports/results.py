"""Measured values from a file: those of one inspection stand below each other, each with its sample."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.erp import quality_words as words
from integrations.nouns.noun import Noun, Words, each
from plant.models import Person
from qms.commands import results
from qms.commands.results import Row
from qms.models import Inspection
from qms.queries import gauge_register
from qms.queries import inspections as reading
from traceability.models import Source


class FileResultIn(words.ResultIn):
    """The sample is named, so that the same file again adds no value."""

    sample = serializers.IntegerField(min_value=1)  # type: ignore[assignment]  # fields are no attributes


class FileResultsIn(words.ResultsIn):
    """The values of one inspection."""

    inspection = serializers.CharField(max_length=40)
    results = serializers.ListField(child=FileResultIn(), min_length=1, max_length=words.LARGEST)


def take(fields: Words, by: Person, at: datetime) -> tuple[Inspection, bool]:
    """Record what is not there yet; a value that differs from the one there needs a reason."""
    inspection = reading.by_number(fields["inspection"])
    gauge = gauge_register.by_code(fields["gauge"]) if fields["gauge"] else None
    rows = [Row(one["characteristic"], one["value"], one["sample"]) for one in fields["results"]]
    results.take(
        inspection=inspection, rows=rows, gauge=gauge, source=Source.MANUAL, reason=fields["reason"], by=by, at=at)
    return inspection, False


RESULTS = Noun(
    code="inspection-results", name=_("Measured value"), key="inspection", model=Inspection, reads="quality:read",
    writes="quality:write", takes=FileResultsIn, take=take, every=Inspection.objects.all, tell=each(lambda row: {}),
    answer=words.Inspection, example=words.LINE, by_key=lambda key: {"number": key},
    key_of_row=lambda row: str(row.number),
)
