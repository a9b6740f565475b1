"""Whether every template compiles, speaks through the catalogues, and keeps to the content security policy."""

import re
import sys
from pathlib import Path

import django
from django.template import TemplateSyntaxError
from django.template.loader import get_template

TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.DOTALL)
CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(r"\b(?:title|alt|placeholder|aria-label|aria-description|data-confirm)=\"([^\"]*)\"")
TAG = re.compile(r"<[^>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# Proper names that are the same in every language.
NAMES = {"xulang", "htmx", "vi", "en", "Tiếng Việt", "English", "Enter", "Esc"}
# Shown when the server itself has failed, catalogues perhaps included: it says the same in both languages.
BOTH_LANGUAGES = {"500.html"}
# Its address is the right to send it: no cookie gives one, so none could be abused from another page.
WITHOUT_COOKIE = {"by_link.html"}

FORBIDDEN = {
    r"<script(?![^>]*\bsrc=)[^>]*>": "a script inside the page: put it in a static file",
    r"<style\b": "a style sheet inside the page: put it in a static file",
    r"\sstyle=": "a style attribute: use a class",
    r"\son[a-z]+=\"": "an event attribute: bind it in a static script",
    r"\|\s*safe\b|{%\s*autoescape\s+off": "text that is not escaped",
    r"(?:src|href)=\"https?://": "a call to an outside host",
}


def words_left(source: str) -> list[str]:
    """Words for people that no translation tag covers."""
    source = CODE.sub(" ", TRANSLATED.sub(" ", COMMENT.sub(" ", source)))
    spoken = " ".join(SPOKEN_ATTRIBUTE.findall(source))
    left = re.sub(r"&\w+;", " ", TAG.sub(" ", source)) + " " + spoken
    for name in NAMES:
        left = left.replace(name, " ")
    return WORD.findall(left)


def faults(path: Path, name: str) -> list[str]:
    """All that is wrong with one template, a sentence each."""
    source = path.read_text("utf-8")
    found = []
    try:
        get_template(name)
    except TemplateSyntaxError as why:
        found.append(f"{path}: does not compile: {why}")
    if path.name not in BOTH_LANGUAGES and (left := words_left(source)):
        found.append(f"{path}: not translated: {' '.join(left[:12])}")
    bare = COMMENT.sub(" ", source)
    found += [f"{path}: {why}" for pattern, why in FORBIDDEN.items() if re.search(pattern, bare, re.IGNORECASE)]
    posts = len(re.findall(r"<form\b[^>]*method=\"post\"", bare, re.IGNORECASE))
    if bare.count("csrf_token") < posts and path.name not in WITHOUT_COOKIE:
        found.append(f"{path}: a form that posts without csrf_token")
    return found


def main() -> int:
    """0 where every template is sound, else 1."""
    django.setup()
    found = []
    for folder in sorted(Path("src/xulang").glob("*/templates")):
        for path in sorted(folder.rglob("*.html")):
            found += faults(path, str(path.relative_to(folder)))
    print("\n".join(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
