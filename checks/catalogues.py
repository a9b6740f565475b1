"""Whether every text for people stands in both catalogues, translated; `--update` brings the catalogues up to date.

The texts in code and templates are Vietnamese. `vi` therefore repeats them (GNU msgen) and adds the library texts that
our screens show; `en` is the translation. The compiled .mo files are kept too: an installation needs no gettext.
"""

import argparse
import gettext
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LANGUAGES = ("vi", "en")
TOOLS = ("xgettext", "msgmerge", "msgcmp", "msgen", "msgfmt", "msgcat")


def extract(package: Path, into: Path) -> Path:
    """The template catalogue (.pot) of all texts in the package's code and templates."""
    copy = into / "xulang"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("static", "__pycache__", "locale", "migrations"))
    (copy / "locale").mkdir()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-v0", "--keep-pot", "--no-location", "--no-wrap", "-l", "en"],
        cwd=copy,
        check=True,
    )
    return copy / "locale" / "django.pot"


def compiled(po: Path, mo: Path) -> None:
    subprocess.run(["msgfmt", "--check", "-o", str(mo), str(po)], check=True)


def texts(mo: Path) -> dict[object, str]:
    with mo.open("rb") as file:
        catalogue: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in catalogue.items() if key != ""}


def update(po: Path, pot: Path, language: str) -> None:
    """Merge new texts in; for Vietnamese, fill each with itself; drop what is no longer there; compile."""
    own = po.with_name("library.po")  # library texts that our screens show: kept by hand, not found by extraction
    subprocess.run(
        ["msgmerge", "-q", "--no-wrap", "--no-fuzzy-matching", "-U", "--backup=none", str(po), str(pot)], check=True
    )
    subprocess.run(["msgattrib", "--no-wrap", "--no-obsolete", "-o", str(po), str(po)], check=True)
    if language == "vi":
        subprocess.run(["msgen", "--no-wrap", "-o", str(po), str(po)], check=True)
    if own.exists():
        subprocess.run(["msgcat", "--no-wrap", "--use-first", "-o", str(po), str(po), str(own)], check=True)
    compiled(po, po.with_suffix(".mo"))


def faults(po: Path, pot: Path, scratch: Path) -> list[str]:
    """What is missing, untranslated, doubtful or not compiled in one catalogue."""
    found = []
    done = subprocess.run(["msgcmp", "--use-untranslated", str(po), str(pot)], capture_output=True, text=True)
    if done.returncode:
        found.append(f"{po}: texts are missing; run python -m checks.catalogues --update\n{done.stderr.strip()}")
    for kind in ("--untranslated", "--only-fuzzy"):
        left = subprocess.run(["msgattrib", "--no-obsolete", kind, str(po)], capture_output=True, text=True).stdout
        if count := left.count("\nmsgid ") - (1 if 'msgid ""\nmsgstr ""' in left else 0):
            found.append(f"{po}: {count} texts {kind.removeprefix('--')}\n{left[-1500:]}")
    mo, fresh = po.with_suffix(".mo"), scratch / f"{po.parent.parent.name}.mo"
    compiled(po, fresh)
    if not mo.exists() or texts(mo) != texts(fresh):
        found.append(f"{mo}: not compiled from {po.name}; run python -m checks.catalogues --update")
    return found


def main() -> int:
    """0 where the catalogues are complete and fresh (or gettext is not installed, which is said), else 1."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--update", action="store_true", help="merge new texts and compile")
    ask = cli.parse_args()
    if missing := [tool for tool in TOOLS if not shutil.which(tool)]:
        print(f"SKIPPED: GNU gettext is not installed ({', '.join(missing)}); make setup-system installs it")
        return 0
    package = Path("src/xulang").resolve()
    with tempfile.TemporaryDirectory() as folder:
        pot = extract(package, Path(folder))
        found = []
        for language in LANGUAGES:
            po = package / "locale" / language / "LC_MESSAGES" / "django.po"
            if ask.update:
                po.parent.mkdir(parents=True, exist_ok=True)
                if not po.exists():
                    shutil.copy(pot, po)
                    po.write_text(po.read_text("utf-8").replace("charset=CHARSET", "charset=UTF-8"), "utf-8")
                update(po, pot, language)
            found += faults(po, pot, Path(folder))
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
