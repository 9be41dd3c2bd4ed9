"""The ground room: who and what there is, and the record book."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlantConfig(AppConfig):
    name = "plant"
    verbose_name = _("Plant")
