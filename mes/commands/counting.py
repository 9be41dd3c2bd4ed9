"""Counting by the clock what was reported and inspected, for the charts of counts."""

from datetime import datetime

from mes.queries import count_samples
from plant.models import Person
from plant.transactions import command
from spc.commands import counts
from spc.models import CountFeed


def count_all(*, by: Person, at: datetime) -> int:
    """Look at every source of counts; how many samples were new."""
    feeds = CountFeed.objects.filter(active=True).select_related("stream__equipment", "stream__parameter")
    return sum(count(feed=feed, by=by, at=at) for feed in feeds)


@command
def count(*, feed: CountFeed, by: Person, at: datetime) -> int:
    """Keep and judge the samples of one source that are complete by now; again, there are none."""
    samples = count_samples.waiting(feed, at)
    counts.record(stream=feed.stream, samples=samples, by=by, at=at)
    return len(samples)
