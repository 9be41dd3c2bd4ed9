"""Gauges for Prometheus: rooms add their own; each is read when it is asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

Samples = dict[tuple[str, ...], float] | float


@dataclass(frozen=True, slots=True)
class Gauge:
    """A named value, or one value for each combination of its labels."""

    name: str
    help: str
    read: Callable[[], Samples]
    labels: tuple[str, ...] = ()
    counts: bool = False


_GAUGES: dict[str, Gauge] = {}


def register(*gauges: Gauge) -> None:
    """Add gauges; the same name again replaces one."""
    _GAUGES.update({gauge.name: gauge for gauge in gauges})


def _family(gauge: Gauge) -> Metric:
    kind = CounterMetricFamily if gauge.counts else GaugeMetricFamily
    family = kind(gauge.name, gauge.help, labels=gauge.labels)
    samples = gauge.read()
    for labels, value in (samples.items() if isinstance(samples, dict) else [((), samples)]):
        family.add_metric(labels, value)
    return family


class _Collector:
    """Reads every gauge once."""

    def collect(self) -> Iterable[Metric]:
        return [_family(gauge) for gauge in _GAUGES.values()]


def text() -> bytes:
    """Every gauge in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(_Collector())
    return generate_latest(registry)
