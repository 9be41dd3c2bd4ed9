"""What the store of readings asks quality: from when on a stream's sensor is overdue or failed."""

from qms.queries import sensors
from traceability import doubts

doubts.register(sensors.since)
