"""A passkey device in Python: it makes keys and answers as WebAuthn Level 3 says (ES256, no attestation)."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

UP, UV, AT = 0x01, 0x04, 0x40  # somebody was there; the device knows who; a new key follows


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """Keys by id. What a test changes of it is what a forged or faulty answer has wrong."""

    origin: str = "http://localhost"
    verifies: bool = True
    counts: bool = True
    keys: dict[str, tuple[ec.EllipticCurvePrivateKey, str]] = field(default_factory=dict)
    counter: int = 0

    def _data(self, domain: str, flags: int) -> bytes:
        self.counter += self.counts
        flags |= UP | (UV if self.verifies else 0)
        return hashlib.sha256(domain.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        told = {"type": f"webauthn.{kind}", "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def create(self, asked: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.create`."""
        key, name = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16)
        self.keys[b64(name)] = key, asked["user"]["id"]
        point = key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        data = self._data(asked["rp"]["id"], AT) + bytes(16) + len(name).to_bytes(2, "big") + name + cbor2.dumps(cose)
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": b64(self._client("create", asked["challenge"])),
            "attestationObject": b64(attested),
        }
        return self._answer(b64(name), response)

    def get(self, asked: dict[str, Any]) -> str:
        """The answer to `navigator.credentials.get`, with the first key that fits."""
        allowed = [one["id"] for one in asked.get("allowCredentials", [])] or list(self.keys)
        name = next(one for one in allowed if one in self.keys)
        (key, user), client = self.keys[name], self._client("get", asked["challenge"])
        data = self._data(asked["rpId"], 0)
        signed = key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signed)}
        return self._answer(name, response | {"userHandle": user})

    @staticmethod
    def _answer(name: str, response: dict[str, str]) -> str:
        told = {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        return json.dumps(told)
