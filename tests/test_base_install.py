"""The base install reads directives and has no Django in it."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PURE_ROOMS = ("reading", "papers")
PLAN = """UBND XÃ BẢN LÈNG

Số: 07/KH-UBND

KẾ HOẠCH

Dọn đường làng

1. Giao Công an xã chủ trì, phối hợp với Đoàn Thanh niên xã dọn đường trước ngày 20/4/2026.
"""


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with xulang's base dependencies, from the lock, and xulang itself."""
    folder = tmp_path_factory.mktemp("base")
    venv.create(folder, with_pip=False)
    uv = Path(sys.executable).with_name("uv")
    environment = os.environ | {"VIRTUAL_ENV": str(folder)}
    install = [str(uv), "pip", "install", "-q", "--require-hashes", "-r", str(ROOT / "requirements/base.txt")]
    subprocess.run(install, env=environment, check=True)
    site = next((folder / "lib").glob("python3*/site-packages"))
    (site / "xulang.pth").write_text(f"{ROOT / 'src'}\n", "utf-8")
    return folder / "bin" / "python"


def python(base: Path, *arguments: str, words: str = "") -> subprocess.CompletedProcess[str]:
    """Runs that environment's Python with nothing of the tests' own environment."""
    clean = {
        key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PYTEST", "DJANGO", "XULANG"))
    }
    clean |= {"PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    return subprocess.run([str(base), *arguments], input=words, capture_output=True, text=True, env=clean, check=False)


def test_django_is_not_there(base: Path) -> None:
    """Nothing in the base install brings Django."""
    assert "ModuleNotFoundError" in python(base, "-c", "import django").stderr


def test_it_reads_a_directive(base: Path) -> None:
    """`xulang read` finds a task without Django."""
    done = python(base, "-m", "xulang.cli.main", "read", "-", "--format", "json", words=PLAN)
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout)
    assert [unit["value"] for unit in reading["tasks"][0]["lead"]] == ["Công an xã"]


def test_the_platform_says_what_it_lacks(base: Path) -> None:
    """`xulang serve` without the extra says in a sentence how to get it."""
    done = python(base, "-m", "xulang.cli.main", "serve")
    assert done.returncode == 2
    assert "xulang[site]" in done.stderr


@pytest.mark.lasting
def test_the_pure_rooms_tests_pass(base: Path) -> None:
    """The readers' own tests pass where no Django is installed; of long tables of rows a tenth."""
    uv = Path(sys.executable).with_name("uv")
    names = {"pytest", "hypothesis", "python-docx", "reportlab", "pillow"}
    lock = (ROOT / "requirements/dev.txt").read_text("utf-8").splitlines()
    pinned = [line.split(" ")[0] for line in lock if line.split("==")[0] in names]
    environment = os.environ | {"VIRTUAL_ENV": str(base.parents[1])}
    subprocess.run([str(uv), "pip", "install", "-q", *pinned], env=environment, check=True)
    done = python(
        base, "-m", "pytest", "-q", "-c", "/dev/null", "--rootdir", str(ROOT),
        "-p", "no:cacheprovider", "-p", "sampled",
        *(str(ROOT / "tests" / room) for room in PURE_ROOMS),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
