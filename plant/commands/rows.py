"""Writing the rows of a plan, and finding the one that the database refuses."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, OperationalError, connection, models, transaction
from django.db.utils import DatabaseErrorWrapper
from django.utils.translation import gettext as _
from psycopg2.extras import execute_values

from plant.console.plans import NEW, ROW, Plan, Row
from plant.console.sheets import Sheet

AT_ONCE = 500
# Looking for each of many faulty rows takes long; after so many the rest is not looked at.
MOST_FAULTS = 100
Rows = list[Row]


def write(plan: Plan) -> None:
    """Write every new and changed row; what the database refuses becomes a fault of its row."""
    fit = [row for row in plan.rows if not row.faults]
    by_key = {row.key: row for row in fit}
    for wave in waves([row for row in fit if row.verb == NEW]):
        tried(plan.sheet, wave, lambda some: _create(plan.sheet, some, by_key))
    changed = [row for row in fit if row.pk is not None and row.now]
    there = plan.sheet.model._default_manager.in_bulk([row.pk for row in changed])
    for row in changed:
        row.instance = there[row.pk]
    tried(plan.sheet, changed, lambda some: _update(plan.sheet, some, by_key))


def waves(rows: Rows) -> list[Rows]:
    """Rows in such an order that each comes after those it refers to; a circle is a fault."""
    left, done, found = rows, set[str](), list[Rows]()
    while left:
        wave = [row for row in left if done.issuperset(row.waits.values())]
        if not wave:
            for row in left:
                row.faults[ROW] = _("This row and others of the file are parts of one another.")
            return found
        found.append(wave)
        done |= {row.key for row in wave}
        taken = {row.number for row in wave}
        left = [row for row in left if row.number not in taken]
    return found


def tried(sheet: Sheet, rows: Rows, act: Callable[[Rows], None]) -> None:
    """Do something to rows at once; when the database refuses, to each half, until the refused row is found."""
    faults = 0
    todo = [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)][::-1]
    while todo and faults < MOST_FAULTS:
        some = [row for row in todo.pop() if not row.faults]
        try:
            with transaction.atomic():
                act(some)
        except OperationalError:
            raise
        except DatabaseError as error:
            half = len(some) // 2
            todo += [some[half:], some[:half]] if half else []
            if not half:
                some[0].faults[ROW] = explain(sheet, error)
                faults += 1
    for row in (row for some in todo for row in some):
        row.faults[ROW] = _("Not looked at yet: mend the first %(count)s faults.") % {"count": MOST_FAULTS}


def explain(sheet: Sheet, error: DatabaseError) -> str:
    """Why the database refused, in the words of the rule that was broken."""
    told = getattr(error.__cause__, "diag", None)
    name = getattr(told, "constraint_name", None) or ""
    if name in sheet.rules:
        return str(sheet.rules[name])
    rule = next((one for one in sheet.model._meta.constraints if one.name == name), None)
    if isinstance(rule, models.UniqueConstraint) and rule.fields:
        found = [sheet.model._meta.get_field(field) for field in rule.fields]
        titles = ", ".join(str(getattr(field, "verbose_name", field.name)) for field in found)
        return _("Another row has the same value here: %(fields)s.") % {"fields": titles}
    if column := getattr(told, "column_name", None):
        return _("“%(name)s” must be filled.") % {"name": column}
    if name and getattr(error.__cause__, "pgcode", "") == "23505":
        return _("Another row has the same value. (%(rule)s)") % {"rule": name}
    return str(getattr(told, "message_primary", None) or error)


def _create(sheet: Sheet, rows: Rows, by_key: dict[str, Row]) -> None:
    made = []
    for row in rows:
        row.instance = sheet.model(**sheet.only, **row.values)
        sheet.prepare(row.instance)
        _link(row, by_key)
        made.append(row.instance)
    sheet.model._default_manager.bulk_create(made)
    _put_many(sheet, rows)


def _update(sheet: Sheet, rows: Rows, by_key: dict[str, Row]) -> None:
    alike: dict[tuple[str, ...], list[Any]] = {}
    for row in rows:
        for name, value in row.values.items():
            setattr(row.instance, name, value)
        _link(row, by_key)
        alike.setdefault(tuple(sorted({*row.values, *row.waits})), []).append(row.instance)
    for names, some in alike.items():
        if names:
            _set(sheet, [sheet.model._meta.get_field(name) for name in names], some)
    _put_many(sheet, rows)


def _set(sheet: Sheet, fields: list[Any], some: list[Any]) -> None:
    """The same columns of many rows in one statement; Django's own way takes several times as long."""
    key, quote = sheet.model._meta.pk, connection.ops.quote_name
    columns = [key, *fields]
    named = [f"c{number}" for number in range(len(columns))]
    pairs = ", ".join(f"{quote(field.column)} = v.{name}" for field, name in zip(fields, named[1:], strict=True))
    table = quote(sheet.model._meta.db_table)
    statement = (
        f"UPDATE {table} SET {pairs} FROM (VALUES %s) AS v ({', '.join(named)})"
        f" WHERE {table}.{quote(str(key.column))} = v.c0"
    )
    template = "(" + ", ".join(f"%s::{field.db_type(connection)}" for field in columns) + ")"
    values = [[f.get_db_prep_save(getattr(one, f.attname), connection) for f in columns] for one in some]
    with connection.cursor() as cursor, DatabaseErrorWrapper(connection):
        execute_values(cursor.cursor, statement, values, template=template, page_size=AT_ONCE)


def _link(row: Row, by_key: dict[str, Row]) -> None:
    for name, key in row.waits.items():
        setattr(row.instance, name, by_key[key].instance)


def _put_many(sheet: Sheet, rows: Rows) -> None:
    """Columns that hold several values: exactly those of the cell."""
    for column in sheet.columns:
        some = [row for row in rows if column.is_many and column.name in row.many]
        if not some:
            continue
        through, own = column.field.remote_field.through, column.field.m2m_field_name()
        other = column.field.m2m_reverse_field_name()
        through._default_manager.filter(**{f"{own}__in": [row.instance.pk for row in some]}).delete()
        links = [{f"{own}_id": row.instance.pk, f"{other}_id": pk} for row in some for pk in row.many[column.name]]
        through._default_manager.bulk_create([through(**link) for link in links])


def take_away(sheet: Sheet, keys: list[Any]) -> None:
    """Delete rows to which nothing refers; the database itself is asked, at once."""
    for column in sheet.columns:
        if column.is_many:
            own = column.field.m2m_field_name()
            column.field.remote_field.through._default_manager.filter(**{f"{own}__in": keys}).delete()
    rows = sheet.model._default_manager.filter(pk__in=keys)
    rows._raw_delete(rows.db)
