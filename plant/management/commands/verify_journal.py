"""Walks the record book and names the first tampered entry of each stream."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from plant.queries import verification


class Command(BaseCommand):
    """manage.py verify_journal"""

    help = "Works out every hash of the journal again; exit 1 and the first tampered entry when one does not fit."

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, and say what was found."""
        found = verification.findings()
        entries, streams = verification.extent()
        for finding in found:
            self.stderr.write(f"tampered: {finding}")
        if found:
            raise CommandError(f"the journal was tampered with: {found[0]}", returncode=1)
        self.stdout.write(f"the journal is whole: {entries} entries in {streams} streams")
