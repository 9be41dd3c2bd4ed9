"""What is called over SOAP, as data."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


def _text(most: int, **options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=most, **options)


class CallSettings(serializers.Serializer[Any]):
    """One operation, and what it is given; a text may hold {cursor}, {id}, {key} and {version}."""

    noun = _text(60, help_text=_("What the rows are."))
    operation = _text(120, help_text=_("Name of the operation in the WSDL."))
    arguments = serializers.DictField(default=dict, help_text=_("What the operation is given beside the words."))


class FetchSettings(CallSettings):
    """An operation that gives rows."""

    rows = _text(200, default="", allow_blank=True, help_text=_("Where the rows stand in the answer, as result.items."))
    key = _text(200, help_text=_("Where the key stands in a row."))
    version = _text(200, default="", allow_blank=True)
    cursor = _text(200, default="", allow_blank=True, help_text=_("Where the mark stands in a row: it only grows."))


class SendSettings(CallSettings):
    """An operation that takes one object."""

    argument = _text(
        200, default="", allow_blank=True, help_text=_("The argument that takes the words; blank: each is its own."))
    reference = _text(200, default="", allow_blank=True, help_text=_("Where their number stands in the answer."))
    status = _text(200, default="", allow_blank=True, help_text=_("Where the answer says whether they took it."))
    good = serializers.ListField(child=_text(60), default=list, help_text=_("What it says there when they did."))


class SoapSettings(serializers.Serializer[Any]):
    """One service."""

    wsdl = _text(
        300, default="?wsdl", allow_blank=True, label="WSDL", help_text=_("Below the address of the connection."))
    service = _text(120, default="", allow_blank=True, label=_("Service of the WSDL"))
    port = _text(120, default="", allow_blank=True, label=_("Port of the service"))
    fetch = FetchSettings(many=True, default=list, label=_("What is fetched"))
    send = SendSettings(many=True, default=list, label=_("What is sent where"))
