"""What belongs to a routing and to its operations, and is copied with them."""

from plant.commands.revisions import Parts

OF_OPERATION: Parts = {
    "materials": {"substitutes": {}}, "parameters": {"steps": {}}, "media": {}, "data_items": {},
    "checks": {"items": {}}, "setup_lines": {},
}
OF_ROUTING: Parts = {"groups": {}, "segments": OF_OPERATION}
