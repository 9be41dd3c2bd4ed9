"""Somebody with the database's own password changes the record: the walk names the first entry that does not fit."""

from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from plant.commands import journal
from plant.queries import verification
from tests import factories

pytestmark = pytest.mark.django_db
TABLE = "plant_journalentry"


@contextmanager
def guard_taken_away():
    """What only the owner of the table can do."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER zz_written_once")
        yield cursor
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER zz_written_once")


@pytest.fixture
def stream():
    """Five entries about one material, and two about another."""
    pcb, paste = factories.material("PCB"), factories.material("PASTE")
    for turn in range(5):
        journal.record("material.changed", subject=pcb, by=factories.person(), data={"turn": turn}, reason=f"r{turn}")
    for _ in range(2):
        journal.record("material.changed", subject=paste, by=factories.person())
    return f"materialdefinition:{pcb.pk}"


def tampered(sql, stream):
    with guard_taken_away() as cursor:
        cursor.execute(sql, {"stream": stream})
    return [(finding.stream, finding.seq) for finding in verification.findings()]


def test_a_whole_journal_has_no_findings(stream):
    assert verification.findings() == []
    assert verification.extent() == (7, 2)


@pytest.mark.parametrize(
    "change",
    ["reason = 'better'", "data = '{\"turn\": 9}'", "actor = 'SOMEBODY'", "actor_name = 'x'", "kind = 'lot.released'",
     "at = at - interval '1 microsecond'", "subject_label = 'other'", "hash = repeat('0', 64)",
     "prev_hash = repeat('0', 64)"],
)
def test_an_edited_entry_is_named(stream, change):
    assert tampered(f"UPDATE {TABLE} SET {change} WHERE stream = %(stream)s AND seq = 3", stream) == [(stream, 3)]


def test_an_edit_with_its_hash_worked_out_again_shows_at_the_next_entry(stream):
    sql = f"""UPDATE {TABLE} SET reason = 'new', hash = zz_journal_hash(prev_hash, stream, seq, kind, subject_kind,
        subject_id, subject_label, actor, actor_name, at, 'new', data) WHERE stream = %(stream)s AND seq = 3"""

    assert tampered(sql, stream) == [(stream, 4)]


def test_a_deleted_entry_is_named(stream):
    assert tampered(f"DELETE FROM {TABLE} WHERE stream = %(stream)s AND seq = 2", stream) == [(stream, 2)]


def test_a_deleted_tail_is_named(stream):
    assert tampered(f"DELETE FROM {TABLE} WHERE stream = %(stream)s AND seq >= 4", stream) == [(stream, 4)]


def test_a_whole_deleted_stream_is_named(stream):
    assert tampered(f"DELETE FROM {TABLE} WHERE stream = %(stream)s", stream) == [(stream, 1)]


def test_reordered_entries_are_named(stream):
    swap = "".join(
        f"UPDATE {TABLE} SET seq = {to} WHERE stream = %(stream)s AND seq = {was};"
        for was, to in ((2, 102), (3, 2), (102, 3))
    )

    assert tampered(swap, stream) == [(stream, 2)]


def test_an_entry_slipped_in_behind_the_end_is_named(stream):
    sql = f"""INSERT INTO {TABLE} (stream, seq, kind, subject_kind, subject_id, subject_label, actor, actor_name, at,
        reason, data, prev_hash, hash, txid) SELECT stream, 6, kind, subject_kind, subject_id, subject_label, actor,
        actor_name, at, reason, data, hash, zz_journal_hash(hash, stream, 6, kind, subject_kind, subject_id,
        subject_label, actor, actor_name, at, reason, data), txid FROM {TABLE} WHERE stream = %(stream)s AND seq = 5"""

    assert tampered(sql, stream) == [(stream, 6)]


def test_the_command_names_the_entry_and_fails(stream):
    with guard_taken_away() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET reason = 'x' WHERE stream = %s AND seq = 3", [stream])

    with pytest.raises(CommandError, match=f"{stream} #3") as failed:
        call_command("verify_journal")

    assert failed.value.returncode == 1


def test_the_command_is_content_with_a_whole_journal(stream, capsys):
    call_command("verify_journal")

    assert "7 entries in 2 streams" in capsys.readouterr().out


def test_the_guard_refuses_even_the_owner_while_it_stands(stream):
    with pytest.raises(Exception, match="written once"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET reason = 'x'")
