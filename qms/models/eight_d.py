"""The nine stages of an 8D report, and what its team writes down in them."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qms.models.corrective_action import CapaAction, CorrectiveAction


class StageCode(models.TextChoices):
    """The disciplines in their order."""

    D0 = "D0", _("D0 Emergency response")
    D1 = "D1", _("D1 Team")
    D2 = "D2", _("D2 Problem")
    D3 = "D3", _("D3 Containment")
    D4 = "D4", _("D4 Root cause")
    D5 = "D5", _("D5 Chosen actions")
    D6 = "D6", _("D6 Actions carried out")
    D7 = "D7", _("D7 Prevention")
    D8 = "D8", _("D8 Recognition and closure")


class StageStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    DONE = "DONE", _("Done")


@pghistory.track()
class CapaStage(models.Model):
    """Where one discipline of one report stands. Reopened, its earlier revisions stay."""

    LIFECYCLE = {StageStatus.OPEN: (StageStatus.DONE,), StageStatus.DONE: (StageStatus.OPEN,)}

    capa = models.ForeignKey(CorrectiveAction, models.PROTECT, related_name="stages", verbose_name=_("CAPA"))
    code = models.CharField(_("stage"), max_length=2, choices=StageCode)
    status = models.CharField(_("status"), max_length=4, choices=StageStatus, default=StageStatus.OPEN)
    text = models.TextField(_("what was found or decided"), blank=True)
    revision = models.PositiveSmallIntegerField(_("revision"), default=0)
    done_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("finished by")
    )
    done_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("stage of a CAPA")
        verbose_name_plural = _("stages of a CAPA")
        ordering = ["capa", "code"]
        constraints = [
            models.UniqueConstraint(fields=["capa", "code"], name="capa_stage_once"),
            models.CheckConstraint(
                name="capa_stage_done_is_whole",
                condition=Q(status="DONE", done_by__isnull=False, done_at__isnull=False, revision__gte=1)
                | Q(status="OPEN", done_by__isnull=True, done_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.capa.number} {self.code}"


class CapaStageRevision(models.Model):
    """What a stage said when it was finished. Written once."""

    stage = models.ForeignKey(CapaStage, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("revision"))
    content = models.JSONField()
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("revision of a stage")
        verbose_name_plural = _("revisions of stages")
        ordering = ["stage", "number"]
        constraints = [models.UniqueConstraint(fields=["stage", "number"], name="capa_stage_revision_once")]


class TeamRole(models.TextChoices):
    SPONSOR = "SPONSOR", _("Sponsor")
    LEADER = "LEADER", _("Leader")
    MEMBER = "MEMBER", _("Member")
    EXPERT = "EXPERT", _("Expert")


class CapaMember(models.Model):
    """Somebody of the team."""

    capa = models.ForeignKey(CorrectiveAction, models.PROTECT, related_name="members")
    person = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    role = models.CharField(_("role in the team"), max_length=8, choices=TeamRole, default=TeamRole.MEMBER)
    task = models.CharField(_("task or field"), max_length=120, blank=True)

    class Meta:
        ordering = ["capa", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["capa", "person"], name="capa_member_once"),
            models.UniqueConstraint(fields=["capa"], name="capa_one_leader", condition=Q(role="LEADER")),
        ]

    def __str__(self) -> str:
        return str(self.person)


class CapaCase(models.Model):
    """A nonconformance that a CAPA is about; one CAPA may answer several."""

    capa = models.ForeignKey(CorrectiveAction, models.PROTECT, related_name="cases")
    nonconformance = models.ForeignKey("qms.Nonconformance", models.PROTECT, related_name="capa_links")

    class Meta:
        ordering = ["capa", "nonconformance"]
        constraints = [models.UniqueConstraint(fields=["capa", "nonconformance"], name="capa_case_once")]


class Aspect(models.TextChoices):
    """What a problem is asked about."""

    WHAT = "WHAT", _("What")
    WHERE = "WHERE", _("Where")
    WHEN = "WHEN", _("When")
    EXTENT = "EXTENT", _("How much")
    WHO = "WHO", _("Who")


class CapaComparison(models.Model):
    """What the problem is, what it could be but is not, and what is different there."""

    capa = models.ForeignKey(CorrectiveAction, models.PROTECT, related_name="comparisons")
    aspect = models.CharField(_("aspect"), max_length=6, choices=Aspect)
    is_so = models.CharField(_("is"), max_length=300, blank=True)
    is_not = models.CharField(_("is not"), max_length=300, blank=True)
    difference = models.CharField(_("what is different"), max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["capa", "aspect"], name="capa_comparison_once")]


class WhyTrack(models.TextChoices):
    """Which question a chain of whys answers."""

    OCCURRENCE = "OCCURRENCE", _("Why it happened")
    ESCAPE = "ESCAPE", _("Why it was not found")
    SYSTEM = "SYSTEM", _("Why the system let it")


class CapaWhy(models.Model):
    """One answer to a why; the next why asks about it."""

    capa = models.ForeignKey(CorrectiveAction, models.PROTECT, related_name="whys")
    track = models.CharField(_("question"), max_length=10, choices=WhyTrack, default=WhyTrack.OCCURRENCE)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="answers", verbose_name=_("below"))
    text = models.CharField(_("because"), max_length=300)
    proof = models.CharField(_("how it was proved"), max_length=300, blank=True)
    is_root = models.BooleanField(_("root cause"), default=False)

    class Meta:
        ordering = ["capa", "track", "pk"]
        constraints = [
            models.CheckConstraint(name="capa_why_has_text", condition=~Q(text="")),
            models.CheckConstraint(name="capa_why_not_below_itself", condition=~Q(parent=F("id"))),
        ]

    def __str__(self) -> str:
        return self.text


class Bone(models.TextChoices):
    """The bones of the fish: what goes into making something."""

    MAN = "MAN", _("People")
    MACHINE = "MACHINE", _("Machine")
    MATERIAL = "MATERIAL", _("Material")
    METHOD = "METHOD", _("Method")
    MEASUREMENT = "MEASUREMENT", _("Measurement")
    ENVIRONMENT = "ENVIRONMENT", _("Environment")


class CauseVerdict(models.TextChoices):
    POSSIBLE = "POSSIBLE", _("Possible")
    RULED_OUT = "RULED_OUT", _("Ruled out")
    CONFIRMED = "CONFIRMED", _("Confirmed")


class CapaCause(models.Model):
    """A possible cause on a bone of the fish, and whether it was proved."""

    capa = models.ForeignKey(CorrectiveAction, models.PROTECT, related_name="causes")
    bone = models.CharField(_("bone"), max_length=11, choices=Bone)
    text = models.CharField(_("possible cause"), max_length=200)
    verdict = models.CharField(_("verdict"), max_length=9, choices=CauseVerdict, default=CauseVerdict.POSSIBLE)
    proof = models.CharField(_("how it was proved"), max_length=300, blank=True)

    class Meta:
        ordering = ["capa", "bone", "pk"]
        constraints = [
            models.CheckConstraint(name="capa_cause_has_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="capa_cause_verdict_is_proved", condition=Q(verdict="POSSIBLE") | ~Q(proof="")
            ),
        ]

    def __str__(self) -> str:
        return self.text


class CapaEvidence(models.Model):
    """A file that shows that an action was done."""

    action = models.ForeignKey(CapaAction, models.PROTECT, related_name="evidence")
    attachment = models.OneToOneField("plant.Attachment", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]


class CapaChange(models.Model):
    """A new revision of a planning document that a CAPA asked for. Written once."""

    capa = models.ForeignKey(CorrectiveAction, models.PROTECT, related_name="changes")
    kind = models.CharField(_("document"), max_length=40)
    key = models.CharField(max_length=60)
    label = models.CharField(_("revision"), max_length=160)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="capa_change_has_reason", condition=~Q(reason=""))]
