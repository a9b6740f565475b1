"""`xulang doctor`: what this machine has, what is missing, and how to get it."""

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Need:
    """Something a feature needs: what it is, what fails without it, and how to get it."""

    name: str
    serves: str
    remedy: str
    found: str | None
    required: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(_args: argparse.Namespace) -> int:
    """0 where everything required is there (a missing feature is told), else 1."""
    needs = survey()
    for need in needs:
        mark = "có   " if need.found else "THIẾU"
        print(f"{mark}  {need.name:22} {need.found or need.serves}")
        if not need.found:
            print(f"       {'':22} → {need.remedy}")
    missing = [need for need in needs if not need.found]
    if not missing:
        print("Máy có đủ mọi thứ.")
    else:
        print(f"Thiếu {len(missing)} thứ; những việc không cần đến chúng vẫn chạy.")
    return int(any(need.required for need in missing))


def survey() -> list[Need]:
    """All that xulang can use here, found or not."""
    setup = "chạy `make setup-system`, hoặc: apt-get install "
    return [
        Need(
            "Python ≥ 3.11",
            "mọi việc",
            "cài Python 3.11 trở lên",
            sys.version.split()[0] if sys.version_info >= (3, 11) else None,
            required=True,
        ),
        _module("lxml", "đọc DOCX, HTML", "pip install xulang", required=True),
        _module("pypdfium2", "đọc PDF", "pip install xulang", required=True),
        _module("django", "nền tảng điều hành (xulang serve)", "pip install 'xulang[site]'"),
        _program("tesseract", "đọc bản quét", setup + "tesseract-ocr", "--version"),
        _vietnamese(setup + "tesseract-ocr-vie"),
        _program("soffice", "đọc tệp .doc, .rtf, .odt cũ", setup + "libreoffice-writer-nogui", "--version"),
        _server(setup + "postgresql"),
        *_provider(),
        *_scanner(),
        _program("chromium", "kiểm thử giao diện", setup + "chromium", "--version"),
        _program("msgfmt", "cập nhật bản dịch giao diện", setup + "gettext", "--version"),
    ]


def _module(name: str, serves: str, remedy: str, *, required: bool = False) -> Need:
    found = "đã cài" if importlib.util.find_spec(name) else None
    return Need(name, serves, remedy, found, required)


def _said(program: str, *arguments: str) -> str:
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=20)
    return done.stdout + done.stderr


def _program(name: str, serves: str, remedy: str, version: str) -> Need:
    path = shutil.which(name)
    return Need(name, serves, remedy, _said(path, version).splitlines()[0][:60] if path else None)


def _vietnamese(remedy: str) -> Need:
    program = shutil.which("tesseract")
    there = program is not None and "vie" in _said(program, "--list-langs").split()
    return Need("tesseract: tiếng Việt", "đọc bản quét tiếng Việt", remedy, "dữ liệu `vie`" if there else None)


def _provider() -> list[Need]:
    """The OpenID Connect provider, where one is configured: whether it answers as its standard says."""
    if not (issuer := os.environ.get("XULANG_OIDC_ISSUER")):
        return []
    try:
        from xulang.adapters.openid_metadata import metadata

        metadata(issuer)
    except ImportError:
        found, why = None, "cần pip install 'xulang[site]'"
    except (OSError, ValueError) as fault:
        found, why = None, f"xem XULANG_OIDC_ISSUER và đường mạng: {fault}"
    else:
        found, why = issuer, ""
    return [Need("OpenID Connect", f"{issuer} không trả lời đúng chuẩn", why, found)]


def _scanner() -> list[Need]:
    """clamd: whether it answers; or that none is named, so that nobody but who sent a file opens it."""
    address, shut = os.environ.get("XULANG_CLAMD", ""), "tệp mới không mở được cho người khác"
    if not address:
        named = "ghi địa chỉ clamd vào XULANG_CLAMD; cơ quan chấp nhận không quét thì ghi none"
        return [Need("máy quét mã độc", shut, named, None)]
    if address == "none":
        return [Need("máy quét mã độc", "", "", "không dùng, theo XULANG_CLAMD=none: tệp mở được, có dấu chưa quét")]
    from xulang.adapters.clamd import Clamd

    found = address if Clamd(address).ping() else None
    return [Need("clamd", shut, "xem XULANG_CLAMD và dịch vụ clamav-daemon", found)]


def _server(remedy: str) -> Need:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    return Need(
        "PostgreSQL",
        "nhiều người cùng làm một lúc, kiểm thử cơ sở dữ liệu thứ hai",
        remedy,
        str(found[-1]) if found else shutil.which("postgres"),
    )
