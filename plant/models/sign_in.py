"""How somebody proves who they are: wrong passwords counted, the second factor, and the codes for when it is lost."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInFailures(models.Model):
    """How often somebody has tried in vain from one address, and until when they must wait."""

    account = models.CharField(max_length=40)
    address = models.CharField(max_length=45)
    failures = models.PositiveIntegerField(default=0)
    wait_until = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "address"], name="sign_in_failures_once")]


class SecondFactor(models.Model):
    """An authenticator app. The row keeps a salt; the app's secret comes of it and a key outside the database."""

    person = models.OneToOneField("plant.Person", models.CASCADE, related_name="second_factor", primary_key=True)
    salt = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    def __str__(self) -> str:
        return str(self.person)


class RecoveryCode(models.Model):
    """A code that replaces the authenticator app once."""

    person = models.ForeignKey("plant.Person", models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "code_hash"], name="recovery_code_once")]


class OutsideIdentity(models.Model):
    """The account at the company's identity provider as which somebody came first; from then on no other is them."""

    person = models.ForeignKey("plant.Person", models.CASCADE, related_name="outside_identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="outside_identity_once"),
            models.UniqueConstraint(fields=["person", "issuer"], name="outside_identity_of_person_once"),
        ]

    def __str__(self) -> str:
        return self.subject
