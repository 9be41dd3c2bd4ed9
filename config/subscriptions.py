"""Who hears which news: a kind of journal entry (or a beginning with *), and the tasks that are told."""

JOURNAL_SUBSCRIPTIONS: dict[str, list[str]] = {
    "lot.scrapped": ["mes.count_decision"],
    "lot.sent-to-rework": ["mes.count_decision"],
}
