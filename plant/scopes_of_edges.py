"""Where the rows of the edges belong; read with plant/scopes.py."""

from plant.scope import SHARED, Scope, at, within

EDGES: dict[str, Scope] = {
    "integrations.Plc": at("equipment"),
    "integrations.PlcTag": at("plc__equipment"),
    "integrations.Access": at("plc__equipment"),
    "integrations.RecipeTag": at("tag__plc__equipment"),
    "integrations.RecipeWrite": at("tag__plc__equipment"),
    "integrations.PlcHealth": at("plc__equipment"),
    "integrations.PlcCounter": at("tag__plc__equipment"),
    "integrations.Conditioning": at("tag__plc__equipment"),
    "integrations.ConditioningMemory": at("conditioning__tag__plc__equipment"),
    "integrations.ExternalId": SHARED,
    "integrations.FileImport": within(""),
    "integrations.FileImportRow": within("file_import__"),
    "integrations.FileHeading": Scope(owner="person"),
    "integrations.EventFilter": SHARED,
    "integrations.EventFeed": SHARED,
    **dict.fromkeys(
        [f"integrations.{name}" for name in (
            "Channel", "Subscription", "Message", "OpenNetwork", "CodeMap", "CodeMapEntry",
        )], SHARED,
    ),
    **dict.fromkeys(
        [f"integrations.{name}" for name in (
            "Sample", "Mapping", "Exchange", "ExchangeCounter", "Reconciliation", "DoorKey",
        )],
        within("connection__"),
    ),
    "integrations.MappingRow": within("mapping__connection__"),
    "integrations.EpcisDocument": within(""),
    "integrations.EpcisEvent": Scope(site="at_site"),
    "integrations.EpcisEntry": within("document__"),
    "integrations.Reach": Scope(owner="person"),
    "integrations.PushDevice": Scope(owner="person"),
}
