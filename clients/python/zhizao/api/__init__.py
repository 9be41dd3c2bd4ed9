"""Every operation of the API, made by `manage.py make_client`: changes here are lost."""

from zhizao.api.andon_calls import AndonCalls
from zhizao.api.changes import Changes
from zhizao.api.connections import Connections
from zhizao.api.delivery_promises import DeliveryPromises
from zhizao.api.end_items import EndItems
from zhizao.api.engineering_changes import EngineeringChanges
from zhizao.api.equipment import Equipment
from zhizao.api.finished_orders import FinishedOrders
from zhizao.api.gauges import Gauges
from zhizao.api.holds import Holds
from zhizao.api.inspection_results import InspectionResults
from zhizao.api.inspections import Inspections
from zhizao.api.job_orders import JobOrders
from zhizao.api.job_responses import JobResponses
from zhizao.api.journal import Journal
from zhizao.api.maintenance_dues import MaintenanceDues
from zhizao.api.maintenance_orders import MaintenanceOrders
from zhizao.api.maintenance_plans import MaintenancePlans
from zhizao.api.material_actuals import MaterialActuals
from zhizao.api.material_definitions import MaterialDefinitions
from zhizao.api.material_lots import MaterialLots
from zhizao.api.nonconformances import Nonconformances
from zhizao.api.partners import Partners
from zhizao.api.persons import Persons
from zhizao.api.readings import Readings
from zhizao.api.reason_codes import ReasonCodes
from zhizao.api.scans import Scans
from zhizao.api.shipments import Shipments
from zhizao.api.sources import Sources
from zhizao.api.spc import Spc
from zhizao.api.stock import Stock
from zhizao.api.stock_moves import StockMoves
from zhizao.api.storage_places import StoragePlaces
from zhizao.api.tools import Tools
from zhizao.api.units import Units
from zhizao.api.violations import Violations
from zhizao.api.work_masters import WorkMasters
from zhizao.api.work_requests import WorkRequests


class Plant(
    AndonCalls,
    Changes,
    Connections,
    DeliveryPromises,
    EndItems,
    EngineeringChanges,
    Equipment,
    FinishedOrders,
    Gauges,
    Holds,
    InspectionResults,
    Inspections,
    JobOrders,
    JobResponses,
    Journal,
    MaintenanceDues,
    MaintenanceOrders,
    MaintenancePlans,
    MaterialActuals,
    MaterialDefinitions,
    MaterialLots,
    Nonconformances,
    Partners,
    Persons,
    Readings,
    ReasonCodes,
    Scans,
    Shipments,
    Sources,
    Spc,
    Stock,
    StockMoves,
    StoragePlaces,
    Tools,
    Units,
    Violations,
    WorkMasters,
    WorkRequests,
):
    """A plant; each method is named as the API's description names its operation."""
