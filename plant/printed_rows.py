"""A record as rows of a workbook: what stands on its sheet of paper, one below the other."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from plant.printing import Sheet


def rows(sheet: Sheet) -> Iterator[Sequence[str]]:
    """The sheet from its title to its signatures; a blank row parts what belongs together."""
    yield [sheet.kind, sheet.number]
    yield [_("Title"), sheet.title]
    if sheet.state:
        yield [_("State"), sheet.state]
    yield from sheet.facts
    for heading, body in sheet.texts:
        yield []
        yield [heading, body]
    for table in sheet.tables:
        yield []
        yield [table.title]
        yield list(table.columns)
        is_empty = True
        for row in table.rows:
            is_empty = False
            yield row
        if is_empty:
            yield [_("Nothing.")]
    if sheet.signatures:
        yield []
        yield [_("Signatures")]
        yield from sheet.signatures
