"""Addresses of the demonstration."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from demo.web import tour
from plant import navigation

app_name = "demo"
navigation.register(navigation.Page("today", _("Guided tour"), "demo:tour", "demo.use", "map-2", 90))
urlpatterns = [
    path("", tour.tour, name="tour"),
    path("drift/start/", tour.start, name="drift-start"),
    path("drift/stop/", tour.stop, name="drift-stop"),
]
