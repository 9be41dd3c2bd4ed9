"""What is entered to prove to a source who we are."""

from django import forms
from django.utils.translation import gettext_lazy

from plant.web.forms import Form


class SecretsForm(Form):
    """What only the source and this plant know."""

    username = forms.CharField(label=gettext_lazy("user"), max_length=200, required=False)
    password = forms.CharField(
        label=gettext_lazy("password"), max_length=400, required=False,
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )
