"""Which site a passkey is bound to: the configured one, else the one in the address bar if the settings list it."""

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

from xulang.organisation.passkeys import Site


def site(request: HttpRequest) -> Site | None:
    """None where browsers or the settings rule passkeys out: a numeric address, no TLS, no name but a pattern."""
    if settings.PASSKEY_DOMAIN:
        return Site(settings.PASSKEY_DOMAIN, tuple(settings.PASSKEY_ORIGINS))
    domain, _port = split_domain_port(request.get_host())
    listed = domain in settings.ALLOWED_HOSTS and not domain.replace(".", "").isdigit() and ":" not in domain
    if listed and (request.is_secure() or domain == "localhost"):
        return Site(domain, (f"{request.scheme}://{request.get_host()}",))
    return None
