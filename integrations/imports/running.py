"""Carrying an import on: small ones at once, large ones in the background, by one worker at a time."""

import os
import socket
import threading
from datetime import timedelta
from itertools import islice

from django.utils import timezone

from integrations.imports import objects
from integrations.imports.commands import file_imports
from integrations.imports.commands.file_imports import RUNNING
from integrations.imports.objects import IMPORTED
from integrations.models import FileImport
from plant.commands import leases

AT_ONCE, PIECE, LEASE = 200, 50, 120.0
FORGOTTEN = timedelta(days=30)


def run(pk: int) -> bool:
    """Carry one on to its end; False when somebody else does."""
    name, holder = f"file-import-{pk}", f"{socket.gethostname()}-{os.getpid()}-{threading.get_ident()}"
    token = leases.acquire(name=name, holder=holder, seconds=LEASE)
    if token is None:
        return False
    try:
        row = FileImport.objects.get(pk=pk)
        while row.status in RUNNING and _pass(row, name, holder, token):
            row = FileImport.objects.get(pk=pk)
    finally:
        leases.release(name=name, holder=holder, token=token)
    return True


def _pass(row: FileImport, name: str, holder: str, token: int) -> bool:
    """One pass over the rows that are left; whether the next state may be looked at."""
    noun = IMPORTED[row.noun]
    found = objects.objects(
        noun, objects.open_file(row.file_name, bytes(row.content), row.encoding), row.columns
    )
    seen = {str(one.words.get(noun.key) or "") for one in islice(found, row.at_row)}
    whole = row.is_whole and row.status != "CHECKING"
    while row.at_row < row.rows:
        piece = list(islice(found, row.rows if whole else PIECE))
        before = set(seen)
        seen |= {str(one.words.get(noun.key) or "") for one in piece}
        if not leases.renew(name=name, holder=holder, token=token, seconds=LEASE):
            return False
        if not file_imports.step(file_import=row, found=piece, seen=before - {""}, at=timezone.now()):
            return False
    return True


def sweep() -> int:
    """Carry on whatever was left in the middle; how many."""
    return sum(run(pk) for pk in FileImport.objects.filter(status__in=RUNNING).values_list("pk", flat=True))
