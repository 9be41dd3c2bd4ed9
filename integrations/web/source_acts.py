"""Acts on a source: entering user and password, making a certificate and carrying it to the server."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy

from integrations.models import Access, Plc
from integrations.sources.commands import access
from integrations.web import plcs
from integrations.web.secrets import SecretsForm
from integrations.web.sources import find
from plant.web.access import needs
from plant.web.acting import Acts, valid

act = Acts(find=find, back="integrations:plc-detail", page=plcs.page, key="code")


@act("plc.configure", done=gettext_lazy("The password is sealed. It is not shown again."))
def secrets(request: HttpRequest, plc: Plc) -> None:
    """Enter user and password."""
    asked = valid(SecretsForm(request.POST, by=request.user))
    access.keep_secrets(plc=plc, **asked, by=request.user, at=timezone.now())


@act("plc.configure", done=gettext_lazy("The certificate is made. Let the server trust it, then the source connects."))
def certificate(request: HttpRequest, plc: Plc) -> None:
    """Make a key pair of our own."""
    access.make_certificate(plc=plc, by=request.user, at=timezone.now())


@needs("plc.view")
def certificate_file(request: HttpRequest, code: str) -> HttpResponse:
    """Our certificate, to be carried to the server."""
    found = get_object_or_404(Access, plc__code=code)
    answer = HttpResponse(found.certificate, content_type="application/x-pem-file")
    answer["Content-Disposition"] = f'attachment; filename="zhizao-{code}.pem"'
    return answer
