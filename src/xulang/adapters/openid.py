"""An OpenID Connect provider, by authlib: authorization code with PKCE, and the identity token looked at closely."""

import datetime as dt
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from xulang.adapters.openid_metadata import SECONDS, fetched, metadata
from xulang.organisation.errors import ProviderRefused, ProviderSilent
from xulang.organisation.openid import Departure, Identity

KEPT_FOR = 3600  # seconds that what a provider tells of itself holds
LEEWAY = 60  # seconds that its clock may be off
# Signed by a key that only the provider has: no HMAC, whose secret is ours too, and never "none".
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]


class OpenIdProvider:
    """The provider that the settings name."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, label: str) -> None:
        self.issuer, self.client_id, self.client_secret, self.label = issuer, client_id, client_secret, label
        self._metadata: dict[str, Any] = {}
        self._keys: dict[str, Any] = {}
        self._since = 0.0

    def leave(self, back: str) -> Departure:
        """See the port."""
        kept = {"nonce": generate_token(32), "verifier": generate_token(64), "state": generate_token(32)}
        address, _state = self._session(back).create_authorization_url(
            self._told()["authorization_endpoint"],
            state=kept["state"],
            nonce=kept["nonce"],
            code_verifier=kept["verifier"],
        )
        return Departure(address, kept)

    def arrive(self, *, answer: str, back: str, kept: Mapping[str, str], now: dt.datetime) -> Identity:
        """See the port."""
        self._check_answer(answer, kept)
        told = self._told()
        try:
            token = self._session(back).fetch_token(
                told["token_endpoint"],
                authorization_response=answer,
                state=kept["state"],
                code_verifier=kept["verifier"],
            )
            claims = self._claims(token, kept["nonce"], now)
            if "email" not in claims and (more := told.get("userinfo_endpoint")):
                claims |= self._userinfo(more, token, claims["sub"])
        except OSError as why:
            raise ProviderSilent from why
        except (AuthlibBaseError, JoseError, ValueError) as why:
            raise ProviderRefused(f"{type(why).__name__}: {why}") from why
        return _identity(self.issuer, claims)

    def farewell(self, back: str) -> str | None:
        """See the port."""
        place = self._told().get("end_session_endpoint")
        if not place:
            return None
        more = urlencode({"client_id": self.client_id, "post_logout_redirect_uri": back})
        return f"{place}{'&' if urlsplit(place).query else '?'}{more}"

    def _told(self) -> dict[str, Any]:
        if not self._metadata or time.monotonic() - self._since > KEPT_FOR:
            try:
                self._metadata = metadata(self.issuer)
            except (OSError, ValueError) as why:
                raise ProviderSilent from why
            self._keys, self._since = {}, time.monotonic()
        return self._metadata

    def _session(self, back: str) -> OAuth2Session:
        offered = self._told().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        method = "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"
        return OAuth2Session(
            self.client_id,
            self.client_secret or None,
            token_endpoint_auth_method=method if self.client_secret else "none",
            scope="openid email",
            redirect_uri=back,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )

    def _check_answer(self, answer: str, kept: Mapping[str, str]) -> None:
        """The state is this session's; the provider names itself or nobody (RFC 9207); there is a code."""
        said = {name: values[0] for name, values in parse_qs(urlsplit(answer).query).items()}
        if said.get("state") != kept["state"]:
            raise ProviderRefused("state")
        if said.get("iss", self.issuer) != self.issuer:
            raise ProviderRefused(f"iss {said['iss']}")
        if "code" not in said:
            raise ProviderRefused(f"error {said.get('error', '')[:80]}")

    def _claims(self, token: Mapping[str, Any], nonce: str, now: dt.datetime) -> dict[str, Any]:
        """What the identity token says, if it is signed by the issuer, for us, now, and for this very session."""
        offered = self._told().get("id_token_signing_alg_values_supported", ["RS256"])
        registry = JWSRegistry(algorithms=[one for one in ALGORITHMS if one in offered], strict_check_header=False)
        signed = str(token.get("id_token", ""))
        try:
            found = jwt.decode(signed, self._key_set(), registry=registry)
        except InvalidKeyIdError:  # the provider has new keys
            found = jwt.decode(signed, self._key_set(anew=True), registry=registry)
        claims = CodeIDToken(
            found.claims,
            found.header,
            {"iss": {"essential": True, "value": self.issuer}, "aud": {"essential": True, "value": self.client_id}},
            {"nonce": nonce, "client_id": self.client_id, "access_token": token.get("access_token")},
        )
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY)
        return dict(claims)

    def _key_set(self, *, anew: bool = False) -> KeySet:
        if anew or not self._keys:
            self._keys = fetched(self._told()["jwks_uri"])
        return KeySet.import_key_set(self._keys)  # type: ignore[arg-type]

    def _userinfo(self, address: str, token: Mapping[str, Any], subject: str) -> dict[str, Any]:
        """The address for mail, where the identity token leaves it out; of the same subject only."""
        with OAuth2Session(self.client_id, token=dict(token), default_timeout=SECONDS) as session:
            told = session.get(address).json()
        if told.get("sub") != subject:
            raise ValueError("userinfo of another subject")
        return {name: told[name] for name in ("email", "email_verified") if name in told}


def _identity(issuer: str, claims: Mapping[str, Any]) -> Identity:
    subject, email = str(claims["sub"]), claims.get("email")
    if not 0 < len(subject) <= 255:
        raise ProviderRefused("sub")
    verified = claims.get("email_verified") in (True, "true") and isinstance(email, str)
    methods = frozenset(str(one) for one in claims.get("amr") or ())
    return Identity(issuer, subject, str(email).strip() if verified else "", methods, str(claims.get("acr", "")))
