"""Every table of a room, made in one go.

Django applies one operation after another and makes anew, before each, the historical models near it; for a whole
room of tables nearly all of the time went there. Here the state learns all tables first, its models are made once,
and the database follows.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

PARTS = (AddConstraint, AddField, AddIndex)


class TablesAtOnce(Operation):
    """Operations none of which needs to see the state that another one leaves: new tables, and what is put on them."""

    reversible = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Learn every table; historical models are made when the database asks for the first."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState,
    ) -> None:
        """Make every table as it is at the end; what is put on it afterwards it has already."""
        made = {one.name_lower for one in self.operations if isinstance(one, CreateModel)}
        for operation in self.operations:
            if isinstance(operation, PARTS) and operation.model_name.lower() in made:
                continue
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        """Name and arguments, as Django wants them of an operation."""
        return type(self).__name__, [self.operations], {}

    def describe(self) -> str:
        """What a plan of migrations says."""
        return f"Make {len(self.operations)} tables and what is put on them"
