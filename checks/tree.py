"""Whether the tree keeps to what no other tool sees: names, first lines, no registry hosts, no lock that names one."""

import ast
import re
import sys
from pathlib import Path

VAGUE = {"utils", "helpers", "common", "core", "misc"}
# Written apart so that this file does not name what it looks for.
HOSTS = re.compile(
    "|".join(["pythonhosted" + r"\.org", "py" + r"pi\.org", "registry" + r"\.npmjs", "deb" + r"\.debian\.org"])
)
TEXT = {".py", ".md", ".toml", ".txt", ".html", ".css", ".js", ".sh", ".po", ".cfg", ".yml", ".yaml", ".json", ""}
LEFT_OUT = {".git", ".venv", ".var", ".mypy_cache", ".ruff_cache", ".hypothesis", "__pycache__"}


def faults(root: Path) -> list[str]:
    """What is wrong under `root`, a sentence each."""
    found = []
    for path in sorted(p for p in root.rglob("*") if p.is_file() and not LEFT_OUT & set(p.relative_to(root).parts)):
        here = path.relative_to(root)
        if path.name in {"uv.lock", "package-lock.json"}:
            found.append(f"{here}: locks are made by `make lock`, without hosts")
        if VAGUE & {*here.parts, path.stem}:
            found.append(f"{here}: name it after what it knows")
        if path.suffix not in TEXT:
            continue
        text = path.read_text("utf-8", errors="replace")
        if HOSTS.search(text):
            found.append(f"{here}: names a package registry's host")
        if path.suffix == ".py" and here.parts[0] == "src" and "migrations" not in here.parts:
            if not ast.get_docstring(ast.parse(text)):
                found.append(f"{here}: its first line must say what it knows")
            if (lines := text.count("\n")) > 600:
                found.append(f"{here}: {lines} lines; split it by noun")
    return found


def main() -> int:
    """0 where the tree is sound, else 1."""
    found = faults(Path.cwd())
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
