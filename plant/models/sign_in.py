"""Wrong passwords, counted per account and address, so that guessing gets slower and nobody else is locked out."""

from django.db import models


class SignInFailures(models.Model):
    """How often somebody has tried in vain from one address, and until when they must wait."""

    account = models.CharField(max_length=40)
    address = models.CharField(max_length=45)
    failures = models.PositiveIntegerField(default=0)
    wait_until = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "address"], name="sign_in_failures_once")]
