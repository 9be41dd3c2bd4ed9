"""The rooms stand on one another, and the street runs one way."""

import ast

from tests.architecture import house

PURE = [
    "spc/engine", "qms/sampling", "integrations/plc/decoding.py", "integrations/plc/blocks.py", "mes/barcodes",
    "traceability/labels.py", "plant/gs1",
]
LOCKING = "select_for_update"


def test_rooms_import_only_downwards():
    wrong = []
    for path in house.sources():
        room = path.relative_to(house.ROOT).parts[0]
        for line, module in house.imports(path):
            top = module.split(".")[0]
            if top in house.STREET and house.STREET.index(top) > house.STREET.index(room):
                wrong.append(f"{house.name(path)}:{line} imports {module}")
    assert [fault for fault in wrong if not fault.startswith("demo/")] == []


def test_commands_and_queries_do_not_import_doors():
    wrong = []
    for path in house.sources():
        parts = path.relative_to(house.ROOT).parts
        if len(parts) < 2 or parts[1] not in {"commands", "queries", "models"}:
            continue
        for line, module in house.imports(path):
            words = module.split(".")
            if words[0] in house.STREET and len(words) > 1 and words[1] in house.DOORS:
                wrong.append(f"{house.name(path)}:{line} imports {module}")
    assert wrong == []


def test_queries_do_not_import_commands():
    wrong = [
        f"{house.name(path)}:{line} imports {module}"
        for path in house.sources()
        if "queries" in path.parts
        for line, module in house.imports(path)
        if ".commands" in module and module.split(".")[0] in house.STREET
    ]
    assert wrong == []


def test_pure_code_knows_no_django():
    wrong = [
        f"{house.name(path)}:{line} imports {module}"
        for path in house.sources()
        if house.name(path).startswith(tuple(PURE))
        for line, module in house.imports(path)
        if module.split(".")[0] == "django" and not module.startswith("django.utils.translation")
    ]
    assert wrong == []


def test_rows_are_locked_in_one_module():
    wrong = [
        house.name(path)
        for path in house.sources()
        if house.name(path) != "plant/locks.py"
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.Attribute) and node.attr == LOCKING
    ]
    assert wrong == []


def test_no_signals():
    wrong = [
        f"{house.name(path)}:{line}"
        for path in house.sources()
        for line, module in house.imports(path)
        if module.startswith(("django.dispatch", "django.db.models.signals"))
    ]
    assert wrong == []
