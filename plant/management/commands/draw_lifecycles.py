"""Draws every lifecycle of the plant into docs/lifecycles.md, from the tables that the commands obey."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model
from django.utils import translation

HEAD = """# Lifecycles

Drawn from the `LIFECYCLE` tables of the models by `python manage.py draw_lifecycles`; a test fails when they differ.
A state changes only along an arrow, by `journal.move`, which writes who, when and why.
"""


class Command(BaseCommand):
    help = "Draw every lifecycle into docs/lifecycles.md (with --check: only say whether the file is current)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when the file is not current")

    def handle(self, *args: Any, **options: Any) -> None:
        page = target()
        text = drawn()
        is_current = page.exists() and page.read_text(encoding="utf-8") == text
        if is_current:
            self.stdout.write("docs/lifecycles.md is current")
        elif options["check"]:
            raise CommandError("docs/lifecycles.md is not current: run python manage.py draw_lifecycles")
        else:
            page.write_text(text, encoding="utf-8")
            self.stdout.write("docs/lifecycles.md was drawn anew")


def target() -> Path:
    """The page that holds the diagrams."""
    return Path(settings.BASE_DIR) / "docs" / "lifecycles.md"


def drawn() -> str:
    """The whole page, in English."""
    with translation.override("en"):
        return "\n".join([HEAD, *(section(model) for model in stateful())])


def stateful() -> list[type[Model]]:
    """The models that have a lifecycle, by room and name."""
    found = [model for model in apps.get_models() if hasattr(model, "LIFECYCLE")]
    return sorted(found, key=lambda model: (model._meta.app_label, model.__name__))


def section(model: Any) -> str:
    """One model's heading, diagram and arrows."""
    field = model._meta.get_field("status")
    labels = {str(state): str(label) for state, label in field.flatchoices}
    lines = [f"## {model.__name__} (`{model._meta.app_label}`)", "", "```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{label}" as {state}' for state, label in labels.items()]
    lines.append(f"    [*] --> {field.default}")
    for state, nexts in model.LIFECYCLE.items():
        lines += [f"    {state.value} --> {after.value}" for after in nexts]
        if not nexts:
            lines.append(f"    {state.value} --> [*]")
    return "\n".join([*lines, "```", ""])
