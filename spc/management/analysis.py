"""What the commands share that analyse a file: errors told in words, the answer as text or as JSON."""

import json
from abc import ABC, abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from spc.analyses import answers


class AnalysisCommand(BaseCommand, ABC):
    """A command whose `analyse(**options)` returns a dict; no database is asked."""

    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print JSON instead of text.")

    @abstractmethod
    def analyse(self, **options: Any) -> dict[str, Any]:
        """The answer; ValueError tells the person at the shell what to do."""

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = self.analyse(**options)
        except ValueError as reason:
            raise CommandError(str(reason)) from reason
        self.stdout.write(
            json.dumps(answers.plain(answer), ensure_ascii=False, allow_nan=False)
            if options["json"]
            else answers.text(answer)
        )
