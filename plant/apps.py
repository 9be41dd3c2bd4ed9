"""The ground room: who and what there is, and the record book."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class PlantConfig(AppConfig):
    name = "plant"
    verbose_name = _("Plant")

    def ready(self) -> None:
        """Let every program know how the rooms put what they keep into words, whichever door it came in by."""
        autodiscover_modules("statements")
