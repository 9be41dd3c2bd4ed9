"""People, what they may do and what they are able to do."""

from typing import ClassVar

import pghistory
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PersonKind(models.TextChoices):
    HUMAN = "HUMAN", _("Person")
    SYSTEM = "SYSTEM", _("System")
    INTEGRATION = "INTEGRATION", _("Integration")


class Role(models.TextChoices):
    PLANNER = "PLANNER", _("Planner")
    OPERATOR = "OPERATOR", _("Operator")
    TEAM_LEADER = "TEAM_LEADER", _("Team leader")
    INSPECTOR = "INSPECTOR", _("Inspector")
    QUALITY_ENGINEER = "QUALITY_ENGINEER", _("Quality engineer")
    QUALITY_MANAGER = "QUALITY_MANAGER", _("Quality manager")
    WAREHOUSE = "WAREHOUSE", _("Warehouse")
    MAINTENANCE = "MAINTENANCE", _("Maintenance")
    INTEGRATOR = "INTEGRATOR", _("Integrator")
    VIEWER = "VIEWER", _("Viewer")
    SUPPLIER = "SUPPLIER", _("Supplier")
    CUSTOMER = "CUSTOMER", _("Customer")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrator")


class PersonManager(BaseUserManager["Person"]):
    """Looks people up by the number on their badge."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(number=username)

    def create_superuser(self, number: str, password: str, **fields: object) -> "Person":
        """Called by Django's createsuperuser: the first administrator of a new plant."""
        person = self.model(number=number, **{"name": number, **fields})
        person.set_password(password)
        person.save()
        PersonRole.objects.create(person=person, role=Role.ADMINISTRATOR)
        return person


@pghistory.track(exclude=["password", "pin", "last_login", "signed_out_at"])
class Person(AbstractBaseUser):
    """Somebody who acts: at a screen, at a tablet, or as a program. Numbers are never given twice."""

    number = models.CharField(_("staff number"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=PersonKind, default=PersonKind.HUMAN)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, null=True, blank=True, verbose_name=_("site"))
    partner = models.ForeignKey(
        "plant.Partner", models.PROTECT, null=True, blank=True, verbose_name=_("works for"),
        help_text=_("A supplier's or customer's person sees only that partner's own lots and orders."),
    )
    badge = models.CharField(_("badge code"), max_length=80, null=True, blank=True, unique=True)
    pin = models.CharField(_("PIN hash"), max_length=200, blank=True)
    pin_failures = models.PositiveSmallIntegerField(_("wrong PINs"), default=0)
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    theme = models.CharField(_("theme"), max_length=10, default="auto")
    is_active = models.BooleanField(_("active"), default=True)
    signed_out_at = models.DateTimeField(_("signed out everywhere at"), null=True, editable=False)

    USERNAME_FIELD = "number"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """May open the admin console (asked for by Django's admin)."""
        return self.is_active and Role.ADMINISTRATOR in self.roles

    @property
    def roles(self) -> frozenset[str]:
        if not hasattr(self, "_roles"):
            self._roles = frozenset(self.personrole_set.values_list("role", flat=True))
        return self._roles

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


@pghistory.track()
class PersonRole(models.Model):
    """A role that somebody holds."""

    person = models.ForeignKey(Person, models.CASCADE, verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="person_role_once")]

    def __str__(self) -> str:
        return self.get_role_display()


@pghistory.track()
class PersonPlace(models.Model):
    """A site or a line that somebody is limited to; without any, their home site is the limit."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="places", verbose_name=_("person"))
    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site or line"))

    class Meta:
        verbose_name = _("place of work")
        verbose_name_plural = _("places of work")
        constraints = [models.UniqueConstraint(fields=["person", "equipment"], name="person_place_once")]

    def __str__(self) -> str:
        return str(self.equipment)


class Qualification(models.Model):
    """A skill that an operation may ask for."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class SkillLevel(models.IntegerChoices):
    """How somebody does what the skill is for."""

    LEARNS = 1, _("Learns, works beside somebody")
    ALONE = 2, _("Works alone")
    EXPERT = 3, _("Expert")
    TRAINS = 4, _("Trains others")


@pghistory.track()
class PersonQualification(models.Model):
    """Somebody's skill, from a day to a day."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"))
    qualification = models.ForeignKey(Qualification, models.PROTECT, verbose_name=_("skill"))
    valid_from = models.DateTimeField(_("valid from"))
    valid_to = models.DateTimeField(_("valid to"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=SkillLevel, default=SkillLevel.ALONE)
    trainer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("trained by")
    )
    evidence = models.CharField(
        _("evidence"), max_length=200, blank=True, help_text=_("Certificate or training record, by its number.")
    )

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        constraints = [
            models.CheckConstraint(
                name="qualification_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
            ),
            models.CheckConstraint(
                name="qualification_trained_by_another",
                condition=Q(trainer__isnull=True) | ~Q(trainer=models.F("person")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.qualification}"
