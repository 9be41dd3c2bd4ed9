"""The room of the edges: machines and other systems, one folder per edge."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntegrationsConfig(AppConfig):
    """Django's name for this room."""

    name = "integrations"
    verbose_name = _("Integrations")
