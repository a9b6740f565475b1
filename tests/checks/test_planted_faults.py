"""Every check of the house fails on a fault planted in a copy of the tree, and says what the fault is."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from checks.__main__ import run

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("src", "checks", "pyproject.toml", "README.md", "LICENSE", "requirements")


@dataclass(frozen=True)
class Fault:
    """A check, the file to plant in (written anew, or added to), what to plant, and words the check must say."""

    check: str
    file: str
    planted: str
    said: str
    added: bool = False
    beside: tuple[str, str] | None = None  # another file that the fault needs, and its words


PLANTED_MODEL = '\n\nclass {}(models.Model):\n    """P."""\n\n    {}\n'
TEMPLATE = "src/xulang/office/templates/office/planted_{}.html"
FAULTS = [
    # A room reaches for one above it.
    Fault(
        "floors",
        "src/xulang/plumbing/planted.py",
        '"""P."""\n\nfrom xulang.programme import rules as rules\n',
        "xulang.plumbing.planted -> xulang.programme.rules",
    ),
    # A room that the law does not know.
    Fault("floors", "src/xulang/gossip/__init__.py", '"""P."""\n', "gossip"),
    # A lower floor of the reader reaches for its upper one.
    Fault(
        "floors",
        "src/xulang/reading/text/planted.py",
        '"""P."""\n\nfrom xulang.reading.directive import read as read\n',
        "xulang.reading.text.planted -> xulang.reading.directive.read",
    ),
    # Two siblings in a circle, inside a room: `layout` is imported by much of the writer.
    Fault(
        "floors",
        "src/xulang/papers/layout.py",
        "\nfrom xulang.papers.writing import write as write\n",
        "No circles between siblings BROKEN",
        added=True,
    ),
    # The pure room meets Django, the network, the clock.
    *(
        Fault(
            "floors",
            f"src/xulang/{room}/meets.py",
            f'"""P."""\n\nimport {name} as {name}\n',
            f"xulang.{room.replace('/', '.')}.meets -> {name}",
        )
        for room, name in (("reading/text", "django"), ("papers", "socket"), ("reading/files", "time"))
    ),
    # A foreign key that points up the floors.
    Fault(
        "system",
        "src/xulang/plumbing/models.py",
        PLANTED_MODEL.format("Upward", 'up = models.ForeignKey("programme.Task", models.PROTECT, related_name="+")'),
        "xulang.E001",
        added=True,
    ),
    # A generic foreign key.
    Fault(
        "system",
        "src/xulang/registry/models/numbering.py",
        "\n\nfrom django.contrib.contenttypes.fields import GenericForeignKey\n"
        + PLANTED_MODEL.format(
            "Generic",
            'content_type = models.ForeignKey("contenttypes.ContentType", models.PROTECT)\n'
            "    object_id = models.BigIntegerField()\n    anything = GenericForeignKey()",
        ),
        "xulang.E002",
        added=True,
    ),
    # Rows of a unit that would stay behind in a reorganisation.
    Fault(
        "system",
        "src/xulang/registry/models/numbering.py",
        PLANTED_MODEL.format("StaysBehind", 'unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")'),
        "xulang.E004",
        added=True,
    ),
    # Rows of a unit that nobody scopes.
    Fault(
        "system",
        "src/xulang/registry/models/numbering.py",
        PLANTED_MODEL.format("Unscoped", 'unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")'),
        "xulang.E003",
        added=True,
    ),
    # A type that does not fit.
    Fault("types", "src/xulang/reading/text/planted.py", '"""P."""\n\nN: int = "một"\n', "Incompatible types"),
    # A function without types in a pure room.
    Fault("types", "src/xulang/reading/text/untyped.py", '"""P."""\n\n\ndef f(x):\n    return x\n', "no-untyped-def"),
    # An unused import.
    Fault("lint", "src/xulang/reading/text/planted.py", '"""P."""\n\nimport re\n', "F401"),
    # A clock without a zone.
    Fault(
        "lint",
        "src/xulang/reading/text/zoneless.py",
        '"""P."""\n\nimport datetime as dt\n\nNOW = dt.datetime.now()\n',
        "DTZ005",
    ),
    # Code out of form.
    Fault("format", "src/xulang/reading/text/planted.py", '"""P."""\n\nx  =  1\n', "would be reformatted"),
    # A model changed without its migration.
    Fault(
        "migrations",
        "src/xulang/plumbing/models.py",
        PLANTED_MODEL.format("Planted", "words = models.TextField()"),
        "Planted",
        added=True,
    ),
    # A text that no catalogue holds.
    Fault(
        "catalogues",
        TEMPLATE.format("new"),
        "{% load i18n %}{% translate 'Câu này chưa ai dịch cả' %}",
        "texts are missing",
    ),
    # A template that does not compile.
    Fault("templates", TEMPLATE.format("open"), "{% if %}", "does not compile"),
    # A text that never goes through a catalogue.
    Fault("templates", TEMPLATE.format("words"), "<p>Chào buổi sáng</p>", "not translated: Chào"),
    # The same in an attribute.
    Fault("templates", TEMPLATE.format("attribute"), '<a href="#" title="Xem thêm"></a>', "not translated: Xem"),
    # A script in the page, which the content security policy would stop.
    Fault("templates", TEMPLATE.format("script"), "<script>alert(1)</script>", "a script inside the page"),
    # A style in the page.
    Fault("templates", TEMPLATE.format("style"), '<p style="color: red"></p>', "a style attribute"),
    # A form that posts without its token.
    Fault("templates", TEMPLATE.format("form"), '<form method="post"></form>', "without csrf_token"),
    # A call to somebody else's host.
    Fault("templates", TEMPLATE.format("host"), '<img alt="" src="https://example.org/a.png">', "outside host"),
    # A dependency that nothing uses.
    Fault("dependencies", "pyproject.toml", "", "DEP002"),
    # A package in the lock whose own metadata tells a licence that does not fit.
    Fault(
        "licences",
        "requirements/site.txt",
        "planted==1.0\n",
        "licence 'AGPL-3.0-only' does not fit",
        beside=(
            "src/planted-1.0.dist-info/METADATA",
            "Metadata-Version: 2.4\nName: planted\nVersion: 1.0\nLicense-Expression: AGPL-3.0-only\n",
        ),
    ),
    # A drawer for everything.
    Fault("tree", "src/xulang/programme/utils.py", '"""P."""\n', "name it after what it knows"),
    # A file that does not say what it knows.
    Fault("tree", "src/xulang/programme/planted.py", "X = 1\n", "first line"),
    # The host of a registry.
    Fault("tree", "requirements/planted.txt", "--index-url https://py" + "pi.org/simple\n", "registry"),
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the project to plant faults in."""
    for name in KEPT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "fonts"))
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def plant(tree: Path, fault: Fault) -> None:
    path = tree / fault.file
    path.parent.mkdir(parents=True, exist_ok=True)
    if fault.check == "dependencies":
        text = path.read_text("utf-8").replace("dependencies = [\n", 'dependencies = [\n  "six",\n', 1)
        path.write_text(text, "utf-8")
    elif fault.added:
        path.write_text(path.read_text("utf-8") + fault.planted, "utf-8")
    else:
        assert not path.exists() or fault.check == "licences", f"{fault.file}: two faults in one place"
        path.write_text(fault.planted, "utf-8")
    if fault.beside:
        other = tree / fault.beside[0]
        other.parent.mkdir(parents=True)
        other.write_text(fault.beside[1], "utf-8")


@pytest.mark.parametrize("check", dict.fromkeys(fault.check for fault in FAULTS))
def test_check_fails_on_its_faults(tree: Path, check: str) -> None:
    """The check says no, and says why of each: one run finds them all, as it would in a real tree."""
    if check == "catalogues" and not shutil.which("msgmerge"):
        pytest.skip("GNU gettext is not installed")
    if check == "types" and (known := ROOT / ".mypy_cache").exists():
        shutil.copytree(known, tree / known.name)  # what it knows of the rest: it looks at the faults alone
    faults = [fault for fault in FAULTS if fault.check == check]
    for fault in faults:
        plant(tree, fault)
    good, said, _ = run(check, tree)
    assert not good
    assert not [fault.said for fault in faults if fault.said not in said], said


# Licences as packages state them, and whether they fit.
LICENCES = [
    ("MIT", True),
    ("BSD-3-Clause", True),
    ("Apache-2.0 OR BSD-2-Clause", True),
    # LGPL is linked by import and can be replaced.
    ("LGPL-3.0-only", True),
    ("GNU Lesser General Public License v3 (LGPLv3)", True),
    # Strong copyleft never fits.
    ("AGPL-3.0", False),
    ("GNU Affero General Public License v3", False),
    ("GPL-3.0-or-later", False),
    ("GNU General Public License v2 (GPLv2)", False),
    # What says nothing does not fit.
    ("", False),
    ("Proprietary", False),
]


@pytest.mark.parametrize(("words", "fit"), LICENCES)
def test_licence_fits_or_not(words: str, fit: bool) -> None:
    """The words of a licence decide."""
    from checks.licences import fits

    assert fits(words) is fit
