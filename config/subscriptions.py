"""Who hears which news: a kind of journal entry (or a beginning with *), and the tasks that are told."""

JOURNAL_SUBSCRIPTIONS: dict[str, list[str]] = {
    "lot.scrapped": ["mes.count_decision"],
    "lot.sent-to-rework": ["mes.count_decision"],
    "violation.opened": ["integrations.notify.spread"],
    "violation.assigned": ["integrations.notify.spread"],
    "violation.escalated": ["integrations.notify.spread"],
    "deviation.opened": ["integrations.notify.spread"],
    "deviation.assigned": ["integrations.notify.spread"],
    "deviation.escalated": ["integrations.notify.spread"],
    "rejectreminder.opened": ["integrations.notify.spread"],
    "joborder.short": ["integrations.notify.spread"],
    "sensor.overdue": ["integrations.notify.spread"],
    "sensor.failed": ["integrations.notify.spread"],
    "sensor.escalated": ["integrations.notify.spread"],
    "controlchart.sample-missed": ["integrations.notify.spread"],
    "nonconformance.opened": ["integrations.notify.spread"],
    "nonconformance.escalated": ["integrations.notify.spread"],
}
