"""The company's identity provider, read from the environment; without OIDC_ISSUER there is none."""

from config import env
from plant.oidc import Provider, is_safe


def provider() -> Provider | None:
    """Whom the sign-in page may ask; half a configuration or an address that anybody could read stops the start."""
    issuer = env.text("OIDC_ISSUER", "")
    if not issuer:
        return None
    if not is_safe(issuer):
        raise env.WrongSetting("OIDC_ISSUER must begin with https:// (http only on this very machine).")
    scopes = env.words("OIDC_SCOPES", "openid,profile")
    return Provider(
        issuer=issuer,
        client_id=env.text("OIDC_CLIENT_ID"),
        client_secret=env.text("OIDC_CLIENT_SECRET", ""),
        name=env.text("OIDC_NAME", ""),
        number_claim=env.text("OIDC_NUMBER_CLAIM", "preferred_username"),
        scopes=("openid", *(one for one in scopes if one != "openid")),
        prompt=env.text("OIDC_PROMPT", ""),
        second_factors=frozenset(env.words("OIDC_SECOND_FACTORS")),
        ends_with_us=env.flag("OIDC_END_SESSION", default=True),
    )
