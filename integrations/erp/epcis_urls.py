"""The addresses of EPCIS 2.0, which have their place by its standard."""

from django.urls import path, re_path

from integrations.erp import unknown
from integrations.erp.api import epcis

app_name = "api-epcis"

urlpatterns = [
    path("events", epcis.EventsDoor.as_view(), name="events"),
    path("events/<path:key>", epcis.EventDoor.as_view(), name="event"),
    path("capture", epcis.CapturesDoor.as_view(), name="capture"),
    path("capture/<str:sha256>", epcis.CaptureDoor.as_view(), name="captured"),
    re_path(r"", unknown.address, name="unknown"),
]
