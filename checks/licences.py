"""Whether everything that xulang links in has a licence that fits Apache-2.0."""

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

FITS = re.compile(
    r"\b(MIT|BSD|Apache|ISC|PSF|Python Software Foundation|MPL|Mozilla Public|ZPL|Zope|Unlicense|CC0|0BSD|HPND)\b",
    re.IGNORECASE,
)
# LGPL is linked by import only, and a user can replace the library: it fits. GPL and AGPL do not.
LINKED_BY_IMPORT = re.compile(r"\bL(?:esser )?GPL|Lesser General Public", re.IGNORECASE)
REFUSED = re.compile(r"(?<!L)\bA?GPL|Affero|(?<!Lesser )General Public", re.IGNORECASE)


def licence(name: str) -> str:
    """What the installed package says of its licence: the SPDX expression, else classifiers, else the short field."""
    about = distribution(name).metadata
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = [c.split("::")[-1].strip() for c in about.get_all("Classifier", []) if c.startswith("License")]
    return ", ".join(classifiers) or str(about.get("License") or "")[:80]


def fits(words: str) -> bool:
    """Whether a licence as a package states it fits Apache-2.0."""
    if LINKED_BY_IMPORT.search(words) and not REFUSED.search(LINKED_BY_IMPORT.sub("", words)):
        return True
    return bool(FITS.search(words)) and not REFUSED.search(words)


def main(lock: str = "requirements/site.txt") -> int:
    """0 where every package of the lock fits, else 1."""
    found = []
    for name in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==", Path(lock).read_text("utf-8"), re.MULTILINE):
        try:
            words = licence(name)
        except PackageNotFoundError:
            continue  # a package for another platform
        if not fits(words):
            found.append(f"{name}: licence {words!r} does not fit; see checks/licences.py")
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
