"""What studies say of a gauge: the newest approved one decides for which tolerances it may be used."""

from django.urls import reverse
from django.utils.functional import lazy

from qms import gauging
from qms.gauging import Studied
from qms.models import Characteristic, Gauge
from spc.models import Study, StudyStatus
from spc.models.study import Verdict
from spc.queries import studies

TONES = {Verdict.ACCEPTABLE: "done", Verdict.MARGINAL: "warning", Verdict.UNACCEPTABLE: "failed"}


@gauging.judge
def newest(gauge: Gauge, characteristic: Characteristic | None) -> Studied | None:
    """The newest study for this characteristic, else the newest at all; the name in the study is the gauge's code."""
    rows = Study.objects.filter(gauge=gauge.code, status=StudyStatus.APPROVED).select_related(
        "characteristic__parameter__unit"
    ).order_by("-approved_at")
    own = rows.filter(characteristic=characteristic).first() if characteristic is not None else None
    study = own or rows.first()
    if study is None or study.approved_at is None:
        return None
    verdict = Verdict(study.verdict)
    return Studied(
        study.code, verdict.label, TONES[verdict], lazy(reverse, str)("spc:study-detail", args=[study.code]),
        studies.smallest_tolerance(study), study.characteristic.parameter.unit.symbol, study.approved_at,
        is_unfit=own is not None and verdict == Verdict.UNACCEPTABLE,
    )
