"""REST with JSON, both ways, as data: paths, parameters, paging and where things stand in the answers."""

from integrations.adapters.http_json.adapter import HttpJson

ADAPTER = HttpJson()
