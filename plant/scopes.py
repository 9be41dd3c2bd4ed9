"""Where the rows of every model belong: one table, read by plant/scoping.py, for what a model's columns don't tell."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """How to get from a row to its site, its line or machine, and the partner whose business it is."""

    site: str = ""
    place: str = ""
    supplier: str = ""
    customer: str = ""
    owner: str = ""
    # (own field, label of a model, its field): the customer's rows of that model name this one in a text.
    customer_via: tuple[str, str, str] | None = None
    is_shared: bool = False


SHARED = Scope(is_shared=True)


def _at(place: str) -> Scope:
    return Scope(place=place)


def _in(prefix: str) -> Scope:
    return Scope(site=f"{prefix}site")


def _lot(prefix: str) -> Scope:
    jobs = (f"{prefix}job_order", "mes.JobOrder", "number")
    return Scope(site=f"{prefix}site", supplier=f"{prefix}supplier", customer_via=jobs)


def _job(prefix: str) -> Scope:
    return Scope(site=f"{prefix}site", place=f"{prefix}line", customer=f"{prefix}work_request__customer")


SCOPES: dict[str, Scope] = {
    # The ground: places and people belong to a site, words and numbers to everybody
    "plant.Equipment": _at("pk"),
    "plant.Person": _in(""),
    "plant.PersonRole": _in("person__"),
    "plant.PersonPlace": _at("equipment"),
    "plant.PersonQualification": _in("person__"),
    "plant.OutsideIdentity": _in("person__"),
    "plant.Device": _at("place"),
    "plant.ApiKey": _in("person__"),
    "plant.Signature": _in("person__"),
    "plant.Feedback": _in("by__"),
    "plant.Deputy": Scope(owner="person"),
    "plant.Partner": Scope(is_shared=True, supplier="pk", customer="pk"),
    **dict.fromkeys(
        [
            "traceability.PickRule", "plant.MasterImport", "plant.MasterImportRow",
            "plant.Unit", "plant.UnitConversion", "plant.MaterialDefinition", "plant.NumberingSeries",
            "plant.Parameter", "plant.ReasonCode", "plant.Qualification", "plant.JournalHead", "plant.JournalEntry",
            "plant.Delivery", "plant.DeviceEvent", "plant.IdempotencyRecord", "plant.Lease", "plant.SignInFailures",
            "plant.SecondFactor", "plant.RecoveryCode", "plant.Preference", "plant.Favourite", "plant.Visited",
            "plant.Notice", "plant.InboxMark", "plant.SavedView", "plant.ColumnChoice", "plant.Comment",
            "plant.Attachment",
        ],
        SHARED,
    ),
    **dict.fromkeys(
        ["plant.Preference", "plant.Favourite", "plant.Visited", "plant.Notice", "plant.InboxMark"],
        Scope(owner="person"),
    ),
    # What exists and what happened to it
    "traceability.MaterialLot": _lot(""),
    "traceability.Link": _in("child__"),
    "traceability.MaterialActual": _in("lot__"),
    "traceability.Replacement": _in("part__"),
    "traceability.Visit": _at("equipment"),
    "traceability.Move": _in("lot__"),
    "traceability.LotBalance": _lot("lot__"),
    "traceability.StoragePlace": _at("equipment"),
    "traceability.GoodsReceipt": Scope(site="site", supplier="supplier"),
    "traceability.GoodsReceiptLine": Scope(site="receipt__site", supplier="receipt__supplier"),
    "traceability.MaterialCall": _at("station"),
    "traceability.StockCount": _at("place"),
    "traceability.CountLine": _at("count__place"),
    "traceability.RecalledLot": _lot("lot__"),
    "traceability.PackedLot": _in("unit__"),
    **dict.fromkeys([f"traceability.{name}" for name in ("Hold", "HandlingUnit", "LabelPrint")], _in("")),
    **dict.fromkeys([f"traceability.{name}" for name in ("PublicPage", "PublicScan", "Correction")], _in("lot__")),
    **dict.fromkeys([f"traceability.{name}" for name in (
        "PackingRule", "LabelTemplate", "SsccSeries", "RecallNotice", "PublicView", "PublicEpoch")], SHARED),
    "traceability.Shipment": Scope(site="site", customer="customer"),
    "traceability.ShipmentLine": Scope(site="shipment__site", customer="shipment__customer"),
    "traceability.ShipmentPick": Scope(site="line__shipment__site", customer="line__shipment__customer"),
    "traceability.ShipmentReturn": Scope(
        site="pick__line__shipment__site", customer="pick__line__shipment__customer"
    ),
    "traceability.Stream": _at("equipment"),
    **dict.fromkeys([f"traceability.{name}" for name in ("Reading", "ReadingBlock", "ReadingHour", "Gap")],
                    _at("stream__equipment")),
    # What quality decides; plans and characteristics hold for every site
    "qms.Nonconformance": Scope(site="site", place="equipment"),
    "qms.NonconformanceLot": _in("nonconformance__"),
    "qms.Disposition": _in("nonconformance__"),
    "qms.Inspection": Scope(site="site", place="equipment"),
    **dict.fromkeys(["qms.InspectionItem", "qms.FirstArticleReport"], _in("inspection__")),
    **dict.fromkeys(["qms.InspectionResult", "qms.InspectionCount", "qms.DefectMark"], _in("item__inspection__")),
    "qms.InspectionDefect": _in("count__item__inspection__"),
    "qms.SamplingSeries": Scope(site="site"),
    "qms.Sensor": _at("equipment"),
    "qms.Calibration": _at("equipment"),
    "qms.CalibrationPoint": _at("calibration__equipment"),
    "qms.GaugeType": SHARED,
    "qms.Gauge": _at("equipment"),
    "qms.GaugeLoan": _at("gauge__equipment"),
    "qms.ImpactReview": _at("gauge__equipment"),
    "qms.ImpactItem": _at("review__gauge__equipment"),
    "qms.CorrectiveAction": _in(""),
    "qms.CapaAction": _in("capa__"),
    **dict.fromkeys([f"qms.Capa{part}" for part in ("Stage", "Member", "Case", "Comparison", "Why", "Cause", "Change")],
                    _in("capa__")),
    **dict.fromkeys(["qms.Sorting", "qms.CaseCost", "qms.Responsibility", "qms.BoardReview"], _in("nonconformance__")),
    "qms.Recheck": _in("disposition__nonconformance__"),
    "qms.SupplierReturn": Scope(site="site", supplier="supplier"),
    "qms.ReturnLine": _in("supplier_return__"),
    **dict.fromkeys(["qms.BoardLine", "qms.BoardVote"], _in("review__nonconformance__")),
    "qms.Concession": Scope(site="site"),
    **dict.fromkeys(["qms.ConcessionLot", "qms.ConcessionUse"], _in("concession__")),
    "qms.Audit": Scope(site="site", place="area"),
    "qms.AuditAnswer": _in("audit__"),
    **dict.fromkeys(["qms.AuditChecklist", "qms.AuditQuestion", "qms.CostRate", "qms.QualityObjective"], SHARED),
    **dict.fromkeys(["qms.ReviewBoard", "qms.BoardSeat", "qms.MaterialCost", "qms.RepeatRule"], SHARED),
    "qms.CapaStageRevision": _in("stage__capa__"),
    "qms.CapaEvidence": _in("action__capa__"),
    **dict.fromkeys(
        [
            "qms.Characteristic", "qms.ControlPlan", "qms.ControlPlanLine", "qms.ReactionPlan", "qms.ReactionStep",
            "qms.ProductFamily", "qms.Fmea", "qms.FmeaLine", "qms.FmeaAction", "qms.RevisionOpening",
            "qms.ApqpProject", "qms.ApqpPhase", "qms.ApqpDeliverable", "qms.ValidationReport",
            "qms.Drawing", "qms.Balloon",
        ],
        SHARED,
    ),
    # Suppliers hold for every site, and a supplier's own person sees nothing of what is thought of them
    **dict.fromkeys(
        ["qms.Supplier", "qms.SupplierQuestion", "qms.SupplierAssessment", "qms.AssessmentAnswer", "qms.SupplierPaper",
         "qms.ApprovedSource", "qms.SourcePolicy", "qms.DeliveryPromise", "qms.ScoreRule"],
        SHARED,
    ),
    "qms.Complaint": Scope(site="site", customer="customer"),
    "qms.Rma": Scope(site="site", customer="complaint__customer"),
    "qms.Recall": _in(""),
    **dict.fromkeys(["qms.RecallTask", "qms.RecallMessage", "qms.RecallAnswer"], _in("recall__")),
    "qms.Satisfaction": Scope(is_shared=True, customer="customer"),
    "qms.SupplierRequest": Scope(site="site", supplier="supplier"),
    "qms.RequestStep": _in("request__"),
    "qms.StepAnswer": _in("step__request__"),
    "qms.AnswerFile": _in("answer__step__request__"),
    "qms.StepVerdict": _in("answer__step__request__"),
    "qms.SupplierLetter": _in("request__"),
    **dict.fromkeys(  # documents hold for every site; who gets them is their own distribution
        ["qms.Document", "qms.DocumentShare", "qms.DocumentDemand", "qms.DocumentTraining", "qms.DocumentReview"],
        SHARED,
    ),
    # What the numbers say, about a machine
    "spc.ControlChart": _at("stream__equipment"),
    "spc.ChartDefinition": _at("equipment"),
    "spc.Checkpoint": _at("chart__stream__equipment"),
    "spc.SampleSize": _at("stream__equipment"),
    "spc.CountFeed": _at("stream__equipment"),
    "spc.GhostPoint": _at("chart__stream__equipment"),
    "spc.Standing": _at("chart__stream__equipment"),
    "spc.Annotation": _at("chart__stream__equipment"),
    "spc.LimitSet": _at("chart__stream__equipment"),
    "spc.Violation": _at("chart__stream__equipment"),
    "spc.ViolationPoint": _at("chart__stream__equipment"),
    "spc.SampleDuty": _at("chart__stream__equipment"),
    "spc.MissedSample": _at("duty__chart__stream__equipment"),
    "spc.ViolationStep": _at("violation__chart__stream__equipment"),
    "spc.Study": _at("equipment"),
    "spc.StudyPart": _at("study__equipment"),
    "spc.StudyReading": _at("study__equipment"),
    # What is being made; routings hold for every site
    "mes.WorkRequest": Scope(site="site", customer="customer"),
    "mes.JobOrder": _job(""),
    "mes.JobMaterial": _job("job_order__"),
    "mes.JobSegment": _job("job_order__"),
    "mes.JobResponse": _job("job_segment__job_order__"),
    "mes.StationSession": _at("station"),
    "mes.Carrier": _in(""),
    "mes.CarriedLot": _in("carrier__"),
    "mes.FeedPosition": _at("station"),
    "mes.SetupLine": _at("position__station"),
    "mes.Mount": _at("position__station"),
    "mes.MachineState": _at("equipment"),
    "mes.StopReason": _at("equipment"),
    "mes.Andon": _at("station"),
    "mes.MaintenanceDue": _at("equipment"),
    "mes.MaintenanceOrder": _at("equipment"),
    "mes.MaintenanceTick": _at("order__equipment"),
    "mes.ToolMount": _at("station"),
    "mes.LineCalendar": _at("line"),
    "mes.MachineCount": _at("equipment"),
    "mes.RejectReminder": _lot("lot__"),
    "mes.LotScore": Scope(place="line", customer="job_order__work_request__customer"),
    "mes.GoldenMark": _at("stream__equipment"),
    "mes.Deviation": _at("stream__equipment"),
    "mes.DeviationStep": _at("deviation__stream__equipment"),
    "mes.DeviationLot": _at("deviation__stream__equipment"),
    "mes.WallScreen": Scope(site="site", place="line"),
    "mes.ScanQueue": SHARED,
    "mes.LateRefusal": _at("station"),
    "mes.DataValue": _lot("lot__"),
    "mes.RouteStep": _lot("move__lot__"),
    "mes.LotWay": _lot("lot__"),
    "mes.RosterEntry": _at("line"),
    "mes.HandoverNote": _at("line"),
    "mes.Stoppage": _at("equipment"),
    "mes.Rectification": _at("stoppage__equipment"),
    "mes.OperatorCheck": _at("station"),
    "mes.CheckOccasion": _at("station"),
    "mes.CheckValue": _at("check_due__station"),
    "mes.ToolChange": _at("station"),
    **dict.fromkeys(
        [
            "mes.WorkMaster", "mes.Segment", "mes.SegmentGroup", "mes.MaterialSpecification", "mes.Substitute",
            "mes.EndItem",
            "mes.ParameterSpecification", "mes.GoldenStep", "mes.InstructionMedia", "mes.RejectLimit",
            "mes.CompletenessRule", "mes.DataItem", "mes.CheckRule",
            "mes.AndonKind", "mes.EquipmentClass", "mes.MaintenancePlan", "mes.MaintenanceStep",
            "mes.SparePart", "mes.SpareMove", "mes.Tool", "mes.ToolReset",
            "mes.WorkCalendar", "mes.CalendarShift", "mes.ShiftBreak", "mes.CalendarException",
        ],
        SHARED,
    ),
    # The edges
    "integrations.Plc": _at("equipment"),
    "integrations.PlcTag": _at("plc__equipment"),
    "integrations.RecipeTag": _at("tag__plc__equipment"),
    "integrations.RecipeWrite": _at("tag__plc__equipment"),
    "integrations.PlcHealth": _at("plc__equipment"),
    "integrations.PlcCounter": _at("tag__plc__equipment"),
    "integrations.Conditioning": _at("tag__plc__equipment"),
    "integrations.ConditioningMemory": _at("conditioning__tag__plc__equipment"),
    **dict.fromkeys(["integrations.Channel", "integrations.Subscription", "integrations.Message"], SHARED),
    "integrations.EpcisDocument": _in(""),
    "integrations.EpcisEvent": Scope(site="at_site"),
    "integrations.EpcisEntry": _in("document__"),
    "integrations.Reach": Scope(owner="person"),
    "integrations.PushDevice": Scope(owner="person"),
}
