"""Published studies brought through the pages, designed, pasted and concluded: the report says what was printed."""

import numpy as np
import pytest
from django.urls import reverse

from plant.models import Role
from spc.models import Study
from tests import conformance
from tests.factories import station
from tests.qms.factories import characteristic
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db


def made(kind, rows, tolerance=None, head="", **design):
    """The answer of a study designed, pasted and concluded on the pages."""
    measured = characteristic("CASE")
    measured.lower, measured.upper = tolerance or (None, None)
    measured.save()
    client = signed_in(Role.QUALITY_ENGINEER)
    asked = {"code": "CASE", "gauge": "G", "characteristic": measured.pk, "equipment": station().code,
             "appraisers": "A", "alpha": "0.05", **design}  # fmt: skip
    answer = client.post(reverse("spc:study-new") + f"?kind={kind}", asked)
    assert answer.status_code == 302, answer.context["form"].errors
    text = "\n".join([head, *("\t".join(map(str, row)) for row in rows)])
    pasted = client.post(reverse("spc:study-paste", args=["CASE"]), {"rows": text})
    assert pasted.status_code == 302, pasted.context["form"].errors
    client.post(reverse("spc:study-conclude", args=["CASE"]), {"conclusion": ""})
    study = Study.objects.get()
    assert (study.status, client.get(reverse("spc:study-detail", args=["CASE"])).status_code) == ("CONCLUDED", 200)
    return study.result


def aiag():
    """Rows of the study of 10 × 3 × 3, trials beside one another."""
    found = conformance.load("spc/aiag_grr_average_range")["data"]["appraisers"]
    return [(part, who, *column) for who in "ABC" for part, column in enumerate(np.array(found[who]).T, start=1)]


def test_aiag_by_average_and_range():
    expected = conformance.load("spc/aiag_grr_average_range")["expected"]

    found = made("crossed", aiag(), head="part\tappraiser\t1\t2\t3", parts=10, trials=3, appraisers="A, B, C",
                 method="average-range")  # fmt: skip

    names = ("ev", "av", "grr", "pv", "tv")
    assert [found[name] for name in names] == pytest.approx([expected[name.upper()] for name in names], abs=2e-4)
    assert found["ndc"] == expected["ndc"]


def test_aiag_by_analysis_of_variance():
    found = made("crossed", aiag(), head="part\tappraiser\t1\t2\t3", parts=10, trials=3, appraisers="A, B, C",
                 method="anova", tolerance=(-4.0, 4.0))  # fmt: skip

    assert (found["pct_grr"], found["pct_tolerance_grr"], found["ndc"]) == (
        pytest.approx(27.86, abs=5e-3), pytest.approx(22.68, abs=5e-3), 4)  # fmt: skip
    assert (found["verdict"], found["spread"]) == ("marginal", pytest.approx(0.2268 * 8, abs=1e-3))


def test_quality_tools_with_parts_that_have_letters():
    case = conformance.load("spc/msa_grr_qualitytools")
    data, expected = case["data"], case["expected"]["varcomp"]
    rows = zip(data["part"], data["operator"], data["value"], strict=True)

    found = made("crossed", rows, head="Part\tOperator\tMeasurement", parts=10, trials=2, appraisers="A, B, C",
                 method="anova", labels="\n".join("ABCDEFGHIJ"))  # fmt: skip

    told = {name: one["variance"] for name, one in found["components"].items()}
    assert (told["grr"], told["part"], told["total"]) == pytest.approx(
        (expected["totalRR"], expected["bTob"], expected["totalVar"]), rel=1e-6)  # fmt: skip


def test_aiag_bias():
    case = conformance.load("spc/aiag_bias_independent")

    found = made("bias", [[x] for x in case["data"]["x"]], reference=6.0, trials=15)

    assert (found["bias"], *found["interval"]) == pytest.approx((0.0067, *case["expected"]["ci"]), abs=6e-5)
    assert found["verdict"] == "acceptable"


def test_aiag_linearity():
    case = conformance.load("spc/aiag_linearity")
    data, expected = case["data"], case["expected"]
    rows = [(ref, x) for ref, row in zip(data["reference"], data["readings"], strict=True) for x in row]

    found = made("linearity", rows, head="reference\tvalue", references="2 4 6 8 10", trials=12)

    assert (found["slope"], found["intercept"]) == pytest.approx((expected["slope"], expected["intercept"]), abs=5e-6)
    assert found["verdict"] == "unacceptable"


def test_jasp_type_one():
    case = conformance.load("spc/jasp_type1_gauge")
    usual = {"percent": 20, "multiple": 6, "least": 1.33, "resolution": 0.1}

    found = made("type-1", [[x] for x in case["data"]["x"]], tolerance=(-11.5, 3.5), reference=-4, trials=50, **usual)

    assert (found["cg"], found["cgk"], found["verdict"]) == (
        pytest.approx(1.19, abs=6e-3), pytest.approx(1.15, abs=6e-3), "unacceptable")  # fmt: skip


def test_iso_22514_7():
    case = conformance.load("spc/iso22514_7_reproducibility")
    rows = [
        (part, who, *values)
        for who, parts in zip("ABC", case["data"]["operators"], strict=True)
        for part, values in enumerate(parts, start=1)
    ]

    found = made("iso22514-7", rows, head="part\tappraiser\t1\t2\t3", tolerance=(0.0, 9.0), parts=10, trials=3,
                 appraisers="A, B, C", evr=0.064, rest=0.0538)  # fmt: skip

    assert (found["q_ms"], found["q_mp"]) == pytest.approx((3.7, 9.3), abs=0.05)
    assert (found["verdict"], found["spread"]) == ("acceptable", pytest.approx(0.09 * found["q_mp"]))


def test_fleiss_1971():
    ratings = conformance.load("spc/msa_kappa_fleiss1971")["data"]["ratings"]
    words = sorted({word for row in ratings for word in row})
    rows = [(part, who, word) for part, row in enumerate(ratings, 1) for who, word in zip("ABCDEF", row, strict=True)]

    found = made("attribute", rows, head="part\tappraiser\trating", parts=30, trials=1, appraisers="A,B,C,D,E,F",
                 ratings=",".join(words))  # fmt: skip

    assert found["fleiss"]["kappa"] == pytest.approx(0.430, abs=1e-3)
    assert found["verdict"] == "marginal"


@pytest.mark.parametrize("kind", ["stability", "nested"])
def test_what_no_table_prints_is_reported_too(kind):
    noise = np.random.default_rng(3).normal(5, 1, (25, 4)).round(4).tolist()
    if kind == "stability":
        found = made(kind, noise, head="x1\tx2\tx3\tx4", occasions=25, subgroup=4)
        assert found["method"] == "stability, X-bar and R"
    else:
        rows = [(part, "AB"[part > 5], *noise[part][:2]) for part in range(1, 11)]
        found = made(kind, rows, head="part\tappraiser\t1\t2", parts=5, trials=2, appraisers="A, B")
        assert found["method"] == "nested anova"
