"""What the environment says of the company's identity provider."""

import pytest

from config import env, identity


@pytest.fixture
def told(monkeypatch):
    def tell(**settings):
        for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME", "NUMBER_CLAIM", "SCOPES", "SECOND_FACTORS"):
            monkeypatch.delenv(f"OIDC_{name}", raising=False)
        for name, value in settings.items():
            monkeypatch.setenv(f"OIDC_{name}", value)
        return identity.provider()

    return tell


def test_without_an_issuer_there_is_no_provider(told):
    assert told(CLIENT_ID="zhizao") is None


def test_a_provider_is_read_whole(told):
    issuer = "https://id.plant.example/"
    found = told(ISSUER=issuer, CLIENT_ID="zhizao", SCOPES="profile,staff", SECOND_FACTORS="mfa, hwk")

    assert found.issuer == "https://id.plant.example/"
    assert found.scopes == ("openid", "profile", "staff")
    assert found.second_factors == {"mfa", "hwk"}


def test_half_a_provider_or_one_that_anybody_can_listen_to_does_not_start(told):
    with pytest.raises(env.MissingSetting, match="OIDC_CLIENT_ID"):
        told(ISSUER="https://id.plant.example")
    with pytest.raises(env.WrongSetting, match="https"):
        told(ISSUER="http://id.plant.example", CLIENT_ID="zhizao")
