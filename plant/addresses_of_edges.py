"""Which row an address of the edges names (model, field), or none; read with plant/addresses.py."""

EDGES: dict[str, tuple[str, ...] | None] = {
    "integrations:plc": ("integrations.Plc", "code"),
    "integrations:epcis": ("integrations.EpcisDocument", "sha256"),
    "integrations:import": ("integrations.FileImport", "pk"),
    "integrations:import-template": None,  # what a kind of object looks like holds for every site
    "integrations:channel": None,
    "integrations:connection": ("integrations.Connection", "code"),
    "integrations:exchange": ("integrations.Exchange", "pk"),
    "integrations:mapping": ("integrations.Mapping", "pk", "number"),
    "integrations:difference": ("integrations.Difference", "pk"),
    "integrations:push": None,  # one's own browsers; the command asks whose
    "integrations:recipe": ("plant.Equipment", "code"),
    "integrations:tag": ("integrations.PlcTag", "pk"),
    "plant:api-key": ("plant.ApiKey", "pk"),
    "api:": None,  # what comes in and goes out asks plant.scoping for its rows
}
