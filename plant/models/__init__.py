"""The ground: who and what there is, and the record book."""

from plant.models.deputy import Deputy
from plant.models.desk import Favourite, InboxMark, Notice, NoticeKind, Preference, Visited
from plant.models.device import Device
from plant.models.equipment import Equipment, EquipmentLevel, EquipmentState
from plant.models.feedback import Feedback, FeedbackKind, FeedbackStatus
from plant.models.journal import Delivery, JournalEntry, JournalHead
from plant.models.master_import import ImportStatus, MasterImport, MasterImportRow
from plant.models.material import MaterialDefinition, MaterialUse, Tracking, Unit, UnitConversion
from plant.models.naming import TwoNames
from plant.models.numbering import NumberingSeries
from plant.models.parameter import Parameter, ParameterKind
from plant.models.partner import Partner, PartnerKind
from plant.models.person import (
    Person,
    PersonKind,
    PersonPlace,
    PersonQualification,
    PersonRole,
    Qualification,
    Role,
    SkillLevel,
)
from plant.models.reason import ReasonCode, ReasonUse, StopLoss
from plant.models.record import ApiKey, DeviceEvent, IdempotencyRecord, Lease, Meaning, Signature
from plant.models.revision import (
    Reviewed,
    ReviewStatus,
    Revisioned,
    RevisionStatus,
    review_constraints,
    revision_constraints,
)
from plant.models.saved_view import ColumnChoice, SavedView
from plant.models.sign_in import OutsideIdentity, RecoveryCode, SecondFactor, SignInFailures
from plant.models.talk import Attachment, Comment

__all__ = [
    "ApiKey",
    "Attachment",
    "ColumnChoice",
    "Comment",
    "Delivery",
    "Deputy",
    "Device",
    "DeviceEvent",
    "Equipment",
    "EquipmentLevel",
    "EquipmentState",
    "Favourite",
    "Feedback",
    "FeedbackKind",
    "FeedbackStatus",
    "IdempotencyRecord",
    "ImportStatus",
    "InboxMark",
    "JournalEntry",
    "JournalHead",
    "Lease",
    "MasterImport",
    "MasterImportRow",
    "MaterialDefinition",
    "MaterialUse",
    "Meaning",
    "Notice",
    "NoticeKind",
    "NumberingSeries",
    "OutsideIdentity",
    "Parameter",
    "ParameterKind",
    "Partner",
    "PartnerKind",
    "Person",
    "PersonKind",
    "PersonPlace",
    "PersonQualification",
    "PersonRole",
    "Preference",
    "Qualification",
    "ReasonCode",
    "ReasonUse",
    "RecoveryCode",
    "ReviewStatus",
    "Reviewed",
    "RevisionStatus",
    "Revisioned",
    "Role",
    "SavedView",
    "SecondFactor",
    "SignInFailures",
    "Signature",
    "SkillLevel",
    "StopLoss",
    "Tracking",
    "TwoNames",
    "Unit",
    "UnitConversion",
    "Visited",
    "review_constraints",
    "revision_constraints",
]
