"""The words of ISA-95 in B2MML beside ours."""

NAMESPACE = "http://www.mesa.org/xml/B2MML"
RELEASE = "0701"

# Levels of theirs and ours; the first of several is the one that we write.
LEVELS = {
    "Site": "SITE", "Area": "AREA",
    "ProductionLine": "WORK_CENTER", "WorkCenter": "WORK_CENTER", "ProcessCell": "WORK_CENTER",
    "ProductionUnit": "WORK_CENTER", "StorageZone": "WORK_CENTER",
    "WorkUnit": "WORK_UNIT", "WorkCell": "WORK_UNIT", "Unit": "WORK_UNIT", "StorageUnit": "WORK_UNIT",
}
OUR_LEVELS = {ours: theirs for theirs, ours in reversed(LEVELS.items())}
# States in which an order may be made at once; a forecast may not.
MAY_BE_MADE = {"Released", "Ready", "Running"}
TAKEN_BACK = {"Cancelled", "Aborted"}
RESPONSE_STATES = {"DONE": "Completed", "COMPLETED": "Completed", "CLOSED": "Closed", "CANCELLED": "Aborted",
                   "HELD": "Held", "RUNNING": "Running", "STARTED": "Running"}
PRODUCED = {"Produced", "Material Produced", "Yield Produced"}
CONSUMED = {"Consumed", "Material Consumed", "Consumable"}
# Properties of a material definition that we know; theirs may be spelt in any of these ways.
MATERIAL_PROPERTIES = {
    "unit": ("unit", "unitofmeasure", "baseunitofmeasure", "baseunit"),
    "use": ("use", "materialuse"),
    "tracking": ("tracking",),
    "shelf_life_days": ("shelf_life_days", "shelflife", "shelflifedays"),
    "gtin": ("gtin", "ean", "globaltradeitemnumber"),
    "active": ("active",),
}
