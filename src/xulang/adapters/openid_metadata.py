"""What an OpenID provider tells of itself (OpenID Connect Discovery 1.0). Free of Django: the terminal asks it, too."""

from typing import Any
from urllib.parse import urlsplit

import requests

SECONDS = 10
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_HERE = ("localhost", "127.0.0.1", "::1")


def metadata(issuer: str) -> dict[str, Any]:
    """The provider's own description; OSError where it does not answer, ValueError where it is not to be trusted."""
    if not safe(issuer):
        raise ValueError(f"{issuer}: must be https")
    told = fetched(issuer.removesuffix("/") + "/.well-known/openid-configuration")
    if told.get("issuer") != issuer:
        raise ValueError(f"{issuer}: calls itself {told.get('issuer')}")
    for name in _ENDPOINTS:
        if not safe(str(told.get(name, ""))):
            raise ValueError(f"{issuer}: {name} must be https")
    return told


def fetched(address: str) -> dict[str, Any]:
    """The JSON object at an address; errors as above."""
    answer = requests.get(address, timeout=SECONDS, allow_redirects=False)
    if answer.status_code != 200:
        raise OSError(f"{address}: {answer.status_code}")
    told = answer.json()
    if not isinstance(told, dict):
        raise ValueError(f"{address}: not an object")
    return told


def safe(address: str) -> bool:
    """Whether nobody on the way can read or change what is said: TLS, or this very machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
