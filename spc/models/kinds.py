"""The kinds of control charts, and the ways of taking samples."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChartKind(models.TextChoices):
    INDIVIDUALS = "I_MR", _("Individuals and moving range")
    MEAN_RANGE = "XBAR_R", _("Mean and range")
    MEAN_DEVIATION = "XBAR_S", _("Mean and standard deviation")
    EWMA = "EWMA", _("Moving average that forgets (EWMA)")
    CUSUM = "CUSUM", _("Cumulative sum (CUSUM)")
    P = "P", _("Share of bad items (p)")
    NP = "NP", _("Number of bad items (np)")
    C = "C", _("Number of faults (c)")
    U = "U", _("Faults per unit (u)")
    LANEY_P = "LANEY_P", _("Share of bad items, Laney (p′)")
    LANEY_U = "LANEY_U", _("Faults per unit, Laney (u′)")


SUBGROUPED = (ChartKind.MEAN_RANGE, ChartKind.MEAN_DEVIATION)
REMEMBERED = (ChartKind.EWMA, ChartKind.CUSUM)
COUNTED = (ChartKind.P, ChartKind.NP, ChartKind.C, ChartKind.U, ChartKind.LANEY_P, ChartKind.LANEY_U)
SHARES = (ChartKind.P, ChartKind.LANEY_P)


class Sampling(models.TextChoices):
    """What makes a sample: readings in a row, or the first ones of each stretch of time or of each lot."""

    IN_A_ROW = "IN_A_ROW", _("Every reading, in a row")
    TIME = "TIME", _("The first readings of each interval")
    LOT = "LOT", _("The first readings of each lot or serial")
