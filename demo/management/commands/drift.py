"""Start or end the demonstration's drift from a shell."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo import drifting
from plant.errors import Refusal
from plant.queries import persons

ACTS = {"start": drifting.start, "stop": drifting.stop}


class Command(BaseCommand):
    """manage.py drift start|stop"""

    help = "Write the drifted or the normal setpoint into the simulated oven."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=sorted(ACTS))
        parser.add_argument("--register", default=drifting.REGISTER)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by = persons.system("demo")
            value = ACTS[options["act"]](by=by, at=timezone.now(), register=options["register"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['register']} = {value:g}")
