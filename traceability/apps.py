"""What exists in the plant and what happened to it."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TraceabilityConfig(AppConfig):
    name = "traceability"
    verbose_name = _("Traceability")

    def ready(self) -> None:
        """Register where a question of reach may start, and what this room knows to be put right."""
        import_module("traceability.queries.starts")
        import_module("traceability.queries.start_values")
        import_module("traceability.queries.shared")
        import_module("traceability.queries.shared_values")
        import_module("traceability.queries.anomalous")
