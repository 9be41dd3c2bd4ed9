"""Two workers look at once: a message goes out through one of them only."""

from integrations.models import Message
from tests.integrations.notify import factories, servers


def test_two_workers_deliver_each_message_once(at_once):
    with servers.http() as site:
        factories.waiting(factories.channel(address=site.url), 8)
        counts = at_once(*[factories.deliver] * 3)
        assert (sum(counts), len(site.asked), Message.objects.filter(status="SENT").count()) == (8, 8, 8)


def test_two_workers_spread_the_same_news_once(at_once):
    factories.rule(factories.channel())
    factories.alarm()
    assert sorted(at_once(*[factories.spread] * 3)) == [0, 0, 1]
