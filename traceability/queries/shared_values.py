"""Values that pieces share: for each instrument the limit that parts high pieces from low ones best."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import fmean

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traceability import factors
from traceability.factors import Sample, Shared
from traceability.models import Stream
from traceability.queries import surroundings

MOST_STAYS, CUTS = 400, 8
VALUE = "value "  # what groups of values begin with; their stream's key follows


@factors.register
def values(sample: Sample) -> Iterator[Shared]:
    """For each stream around the pieces' own stays, those above and those below some cuts through their means."""
    own = [visit for visit in sample.visits if visit.lot_id in sample.above][:MOST_STAYS]
    around = surroundings.around(own, now=timezone.now())
    means: dict[Stream, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for visit in own:
        for one in around[visit.pk]:
            if one.mean is not None:
                means[one.stream][visit.lot_id].append(one.mean)
    for stream, told in means.items():
        yield from parted(stream, {piece: fmean(found) for piece, found in told.items()})


def parted(stream: Stream, told: dict[int, float]) -> Iterator[Shared]:
    """Both sides of a few cuts, at the middle between neighbouring values."""
    ranked = sorted(set(told.values()))
    step = max(1, (len(ranked) - 1) // CUTS)
    name = f"{stream.equipment.code} · {stream.parameter.title}"
    unit = stream.parameter.unit.symbol
    for at in range(0, len(ranked) - 1, step):
        cut = float(f"{(ranked[at] + ranked[at + 1]) / 2:.6g}")
        above = frozenset(piece for piece, value in told.items() if value > cut)
        below = frozenset(told) - above
        yield Shared(_("Value"), f"{name} > {cut:g} {unit}", above, group=f"{VALUE}{stream.pk}")
        yield Shared(_("Value"), f"{name} ≤ {cut:g} {unit}", below, group=f"{VALUE}{stream.pk}")
