"""Addresses inside the console that belong to no kind of record."""

from django.urls import path

from plant.web import console_health, console_modules

app_name = "console"
urlpatterns = [
    path("health/", console_health.page, name="health"),
    path("health/now/", console_health.moving, name="health-now"),
    path("parts/", console_modules.page, name="modules"),
]
