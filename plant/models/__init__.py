"""The ground: who and what there is, and the record book."""

from plant.models.equipment import Equipment, EquipmentLevel, EquipmentState
from plant.models.journal import Delivery, JournalEntry, JournalHead
from plant.models.material import MaterialDefinition, MaterialUse, Tracking, Unit, UnitConversion
from plant.models.numbering import NumberingSeries
from plant.models.parameter import Parameter, ParameterKind
from plant.models.partner import Partner, PartnerKind
from plant.models.person import Person, PersonKind, PersonQualification, PersonRole, Qualification, Role
from plant.models.reason import ReasonCode, ReasonUse
from plant.models.record import ApiKey, DeviceEvent, IdempotencyRecord, Lease, Meaning, Signature
from plant.models.revision import Revisioned, RevisionStatus, revision_constraints
from plant.models.sign_in import SignInFailures

__all__ = [
    "ApiKey",
    "Delivery",
    "DeviceEvent",
    "Equipment",
    "EquipmentLevel",
    "EquipmentState",
    "IdempotencyRecord",
    "JournalEntry",
    "JournalHead",
    "Lease",
    "MaterialDefinition",
    "MaterialUse",
    "Meaning",
    "NumberingSeries",
    "Parameter",
    "ParameterKind",
    "Partner",
    "PartnerKind",
    "Person",
    "PersonKind",
    "PersonQualification",
    "PersonRole",
    "Qualification",
    "ReasonCode",
    "ReasonUse",
    "RevisionStatus",
    "Revisioned",
    "Role",
    "SignInFailures",
    "Signature",
    "Tracking",
    "Unit",
    "UnitConversion",
    "revision_constraints",
]
