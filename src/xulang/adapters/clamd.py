"""The scanner clamd, asked over its socket by the INSTREAM command."""

import socket
import struct
from typing import IO

from xulang.plumbing.scanning import ScannerDown

_CHUNK = 64 * 1024
_PATIENCE = 60  # seconds
_ANSWER = 4096


class Clamd:
    """clamd at `host:port`, or at a socket of this machine (`unix:/run/clamav/clamd.ctl`)."""

    def __init__(self, address: str) -> None:
        self.address = address

    def scan(self, data: IO[bytes]) -> str:
        """The name of the signature that was found; empty where none was. Raises ScannerDown."""
        try:
            with self._connected() as line:
                line.sendall(b"zINSTREAM\0")
                while chunk := data.read(_CHUNK):
                    line.sendall(struct.pack("!I", len(chunk)) + chunk)
                line.sendall(struct.pack("!I", 0))
                said = self._answer(line)
        except OSError as why:
            raise ScannerDown(str(why)) from why
        verdict = said.removeprefix("stream: ")
        if verdict == "OK":
            return ""
        if verdict.endswith(" FOUND"):
            return verdict.removesuffix(" FOUND")
        raise ScannerDown(said or "no answer")

    def ping(self) -> bool:
        """Whether it answers."""
        try:
            with self._connected() as line:
                line.sendall(b"zPING\0")
                return self._answer(line) == "PONG"
        except OSError:
            return False

    def _connected(self) -> socket.socket:
        if self.address.startswith("unix:"):
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(_PATIENCE)
            line.connect(self.address.removeprefix("unix:"))
            return line
        host, _colon, port = self.address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=_PATIENCE)

    @staticmethod
    def _answer(line: socket.socket) -> str:
        said = b""
        while not said.endswith(b"\0") and len(said) < _ANSWER:
            part = line.recv(_ANSWER)
            if not part:
                break
            said += part
        return said.rstrip(b"\0").decode("utf-8", "replace").strip()
