"""Which statements a connection may carry: one at a time, reading ones that only read, writing ones that only add."""

import re

from django.utils.translation import gettext as _

TEXT = re.compile(r"'(?:[^']|'')*'")
NAME = re.compile(r"\"[^\"]*\"|`[^`]*`|\[[\w .]*\]")
COMMENT = re.compile(r"--|/\*|#")
# What would let a text end elsewhere for the database than it ends here.
ODD = re.compile(r"[\\$\0]")
WORD = re.compile(r"[A-Za-z_]+")
READS, WRITES = {"select", "with"}, {"insert", "update", "merge"}
# Some databases take a second statement without a semicolon before it.
CHANGES = {
    "alter", "attach", "backup", "bulk", "call", "copy", "create", "dbcc", "delete", "deny", "drop", "dumpfile", "exec",
    "execute", "grant", "handler", "insert", "into", "kill", "load", "lock", "merge", "opendatasource", "openquery",
    "openrowset", "outfile", "pragma", "reconfigure", "restore", "revoke", "shutdown", "truncate", "update", "vacuum",
    "waitfor",
}
# Functions that do more than read, or reach further than the database.
FUNCTIONS = re.compile(
    r"\b(pg_\w*(?:file|dir|terminate|cancel|sleep|reload|promote|backup|advisory|notify|log)\w*|lo_\w+|dblink\w*|sp_\w+|"
    r"xp_\w+|query_to_\w+|set_config|setval|nextval|load_file|sleep|benchmark|get_lock|load_extension|readfile|writefile"
    r")\s*\(", re.IGNORECASE,
)


class NotAllowed(ValueError):
    """A statement that no connection carries, with the reason."""


def bare(statement: str) -> str:
    """A statement without texts, names in quotes and its last semicolon."""
    if ODD.search(statement):
        raise NotAllowed(_("A statement has neither backslash nor dollar sign. Bind such a value by a word."))
    texts = TEXT.sub("''", statement).strip().removesuffix(";").strip()
    if COMMENT.search(texts):
        raise NotAllowed(_("A statement has no comments. Leave them out."))
    if ";" in texts:
        raise NotAllowed(_("One statement stands here, and no second one after it."))
    if match := FUNCTIONS.search(re.sub(r'["`\[\]]', " ", texts)):
        raise NotAllowed(_("The function “%(name)s” does more than read.") % {"name": match[1]})
    return NAME.sub("x", texts)


def check_reading(statement: str) -> None:
    """A SELECT, or a WITH that ends in one, and nothing that changes anything."""
    words = [word.lower() for word in WORD.findall(bare(statement))]
    if not words or words[0] not in READS:
        raise NotAllowed(_("A statement that reads begins with SELECT or WITH."))
    if wrong := sorted(set(words) & CHANGES):
        raise NotAllowed(_("A statement that reads has no “%(word)s”.") % {"word": wrong[0].upper()})


def check_writing(statement: str) -> None:
    """An INSERT, UPDATE or MERGE; nothing is deleted, made or granted over a connection."""
    words = [word.lower() for word in WORD.findall(bare(statement))]
    if not words or words[0] not in WRITES:
        raise NotAllowed(_("A statement that writes begins with INSERT, UPDATE or MERGE."))
    if wrong := sorted(set(words) & (CHANGES - WRITES - {"into"})):
        raise NotAllowed(_("A statement that writes has no “%(word)s”.") % {"word": wrong[0].upper()})
    if words[0] == "update" and "where" not in words:
        raise NotAllowed(_("An UPDATE says which rows it means: add a WHERE."))
