"""What the numbers say."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpcConfig(AppConfig):
    name = "spc"
    verbose_name = _("Process control")

    def ready(self) -> None:
        """Register what lower rooms ask of this one, in every process."""
        import_module("spc.gauge_fitness")
        import_module("spc.commands.plan_charts")
        import_module("spc.queries.control_lines")
