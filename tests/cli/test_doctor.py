"""`xulang doctor` tells what is missing and how to get it."""

import argparse
import shutil

import pytest

from office.provider import running
from xulang.cli.commands import doctor


def test_everything_found_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """What this machine has is listed as found."""
    assert doctor.run(argparse.Namespace()) == 0
    assert "có     lxml" in capsys.readouterr().out


def test_a_missing_program_comes_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without Tesseract the scan feature is named with the package to install, and nothing else fails."""
    there = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "tesseract" else there(name))
    assert doctor.run(argparse.Namespace()) == 0
    said = capsys.readouterr().out
    assert "THIẾU  tesseract" in said
    assert "tesseract-ocr-vie" in said


def test_a_missing_requirement_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the reader's own libraries the answer is 1."""
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: None)
    assert doctor.run(argparse.Namespace()) == 1


def test_a_configured_provider_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that answers is found; one that does not is told with the fault; none is not spoken of."""
    assert "OpenID Connect" not in {need.name for need in doctor.survey()}
    with running() as provider:
        monkeypatch.setenv("XULANG_OIDC_ISSUER", provider.issuer)
        assert next(need for need in doctor.survey() if need.name == "OpenID Connect").found == provider.issuer
        provider.description = {"issuer": "https://accounts.example.org"}
        missing = next(need for need in doctor.survey() if need.name == "OpenID Connect")
    assert missing.found is None
    assert "calls itself https://accounts.example.org" in missing.remedy


@pytest.mark.parametrize(
    ("named", "found", "said"),
    [
        ("", False, "tệp mới không mở được cho người khác"),  # nobody scans, and nobody has said that none will
        ("none", True, "XULANG_CLAMD=none"),  # the office does without
        ("127.0.0.1:9", False, "tệp mới không mở được cho người khác"),  # one is named, and does not answer
    ],
)
def test_the_scanner_is_told_of(named: str, found: bool, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XULANG_CLAMD", named)
    (need,) = (one for one in doctor.survey() if one.name in {"clamd", "máy quét mã độc"})
    assert bool(need.found) is found
    assert said in (need.found or need.serves)
