"""An OpenID Connect provider on loopback: real HTTP, real signatures, one person at its log-in page.

`token` and `description` are what a test may falsify; what was asked of it is in `asked`.
"""

import base64
import hashlib
import html
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "xulang", "only-the-two-of-us-know-this-secret"


@dataclass
class Provider:
    """Who is logged in there, and what it says of them."""

    person: dict[str, Any] = field(default_factory=dict)
    now: int = 0
    token: dict[str, Any] = field(default_factory=dict)  # put over the claims of the identity token
    description: dict[str, Any] = field(default_factory=dict)  # put over what it tells of itself
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "một", "use": "sig"}))
    signs_with: RSAKey | None = None
    algorithm: str = "RS256"
    userinfo: dict[str, Any] | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    issuer: str = ""

    def describe(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": self.issuer + "/authorize",
            "token_endpoint": self.issuer + "/token",
            "jwks_uri": self.issuer + "/keys",
            "userinfo_endpoint": self.issuer + "/userinfo",
            "end_session_endpoint": self.issuer + "/leave",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        } | self.description

    def code_for(self, asked: dict[str, str]) -> str:
        """Where somebody who logs in is sent back to."""
        self.asked.append(asked)
        self.codes[code := secrets.token_urlsafe(8)] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token_for(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """What a code is worth, once, to who has the secret and the verifier."""
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        wanted = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or challenge != asked["code_challenge"] or authorization != wanted:
            return None
        if form["redirect_uri"] != asked["redirect_uri"]:
            return None
        told = {
            "iss": self.issuer,
            "aud": CLIENT,
            "nonce": asked["nonce"],
            "iat": self.now,
            "exp": self.now + 300,
            **self.person,
            **self.token,
        }
        claims = {name: value for name, value in told.items() if value is not None}
        return {"access_token": "a", "token_type": "Bearer", "id_token": self.signed(claims)}

    def signed(self, claims: dict[str, Any]) -> str:
        header = {"alg": self.algorithm, "kid": self.key.kid}
        if self.algorithm == "none":
            parts = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, claims))
            return b".".join([*parts, b""]).decode()
        return jwt.encode(header, claims, self.signs_with or self.key, algorithms=[self.algorithm])


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self.say(self.provider.describe())
        elif parts.path == "/keys":
            self.say({"keys": [self.provider.key.as_dict(private=False)]})
        elif parts.path == "/userinfo":
            self.say(self.provider.userinfo or {"sub": self.provider.person["sub"]})
        elif parts.path == "/authorize":
            back = html.escape(self.provider.code_for(asked))
            self.say(f"<!doctype html><title>Cổng</title><h1>Cổng</h1><a href='{back}'>Là tôi</a>".encode())
        else:
            self.say("<!doctype html><title>Cổng</title><h1>Đã rời cổng</h1>".encode())

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        told = {name: values[0] for name, values in form.items()}
        token = self.provider.token_for(told, self.headers.get("Authorization", ""))
        self.say(token or {"error": "invalid_grant"}, 200 if token else 400)

    def say(self, what: Any, status: int = 200) -> None:
        body = what if isinstance(what, bytes) else json.dumps(what).encode()
        self.send_response(status)
        kind = "text/html; charset=utf-8" if isinstance(what, bytes) else "application/json"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Quiet."""


@contextmanager
def running(**told: Any) -> Iterator[Provider]:
    """A provider that answers until the end of the block."""
    provider = Provider(**told)
    handler = type("Own", (Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
