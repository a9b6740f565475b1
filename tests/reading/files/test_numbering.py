"""The numbers that Word makes are those that Word prints."""

import shutil
import subprocess
from pathlib import Path

import pytest

from reading.files.word_xml import abstract, docx, level, num, p
from xulang.reading.files.docx.labels import sign, written
from xulang.reading.files.opening import open_document


@pytest.mark.parametrize(
    ("number", "number_format", "printed"),
    [
        (7, "decimal", "7"),
        (7, "decimalZero", "07"),
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (5, "lowerLetter", "e"),  # Word's letters are the English ones, without đ
        (28, "upperLetter", "BB"),  # after Z come AA, BB: the letter is repeated
        (21, "vietnameseCounting", "hai mươi mốt"),
        (15, "vietnameseCounting", "mười lăm"),
        (3, "ordinal", "3rd"),
        (12, "ordinal", "12th"),
        (5, "numberInDash", "- 5 -"),
        (3, "decimalEnclosedCircle", "③"),
        (6, "chicago", "††"),
        (2, "russianLower", "б"),
        (30, "hex", "1E"),
        (4, "none", ""),
        (9, "a format of tomorrow", "9"),
    ],
)
def test_formats(number: int, number_format: str, printed: str) -> None:
    assert written(number, number_format) == printed


def test_custom_formats_fill_with_zeros() -> None:
    assert written(4, "custom", "001, 002, 003, ...") == "004"


def test_signs_of_symbol_fonts_are_what_they_look_like() -> None:
    assert [sign(c) for c in "\uf0b7\uf02d\ue123-"] == ["•", "-", "•", "-"]


# Each row: what it is about; the numbering part; the paragraphs; the labels that Word prints.
CASES = {
    "levels restart below a higher one": (
        abstract(0, level(0, "%1.", "upperRoman"), level(1, "%2."), level(2, "%2.%3.")) + num(1, 0),
        [p("a", num=(1, 0)), p("b", num=(1, 1)), p("c", num=(1, 2)), p("d", num=(1, 2)), p("e", num=(1, 1)),
         p("f", num=(1, 2)), p("g", num=(1, 0)), p("h", num=(1, 1))],
        ["I.", "1.", "1.1.", "1.2.", "2.", "2.1.", "II.", "1."],
    ),
    "legal numbering writes figures for the numbers above": (
        abstract(0, level(0, "%1.", "upperRoman"), level(1, "%1.%2", extra="<w:isLgl/>")) + num(1, 0),
        [p("a", num=(1, 0)), p("b", num=(1, 0)), p("c", num=(1, 1))],
        ["I.", "II.", "2.1"],
    ),
    "lists with one definition go on counting": (
        abstract(0, level(0, "%1)")) + num(1, 0) + num(2, 0),
        [p("a", num=(1, 0)), p("b", num=(2, 0)), p("c", num=(1, 0))],
        ["1)", "2)", "3)"],
    ),
    "an override begins again, once": (
        abstract(0, level(0, "%1)"))
        + num(1, 0)
        + num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        [p("a", num=(1, 0)), p("b", num=(1, 0)), p("c", num=(2, 0)), p("d", num=(2, 0))],
        ["1)", "2)", "1)", "2)"],
    ),
    "an override may change the level itself": (
        abstract(0, level(0, "%1)"))
        + num(1, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "Điều %1.", start=5)}</w:lvlOverride>'),
        [p("a", num=(1, 0)), p("b", num=(1, 0))],
        ["Điều 5.", "Điều 6."],
    ),
    "a level that never restarts": (
        abstract(0, level(0, "%1."), level(1, "Điều %2.", extra='<w:lvlRestart w:val="0"/>')) + num(1, 0),
        [p("a", num=(1, 0)), p("b", num=(1, 1)), p("c", num=(1, 0)), p("d", num=(1, 1))],
        ["1.", "Điều 1.", "2.", "Điều 2."],
    ),
    "a level passed over counts as begun": (
        abstract(0, level(0, "%1."), level(1, "%1.%2.")) + num(1, 0),
        [p("a", num=(1, 1)), p("b", num=(1, 1))],
        ["1.1.", "1.2."],
    ),
    "letters and zeros": (
        abstract(0, level(0, "%1)", "lowerLetter"), level(1, "%2.", "decimalZero")) + num(1, 0),
        [p("a", num=(1, 0)), p("b", num=(1, 1)), p("c", num=(1, 1)), p("d", num=(1, 0))],
        ["a)", "01.", "02.", "b)"],
    ),
    "bullets": (
        abstract(0, level(0, "-", "bullet"), level(1, "\uf0b7", "bullet")) + num(1, 0),
        [p("a", num=(1, 0)), p("b", num=(1, 1)), p("c", num=(1, 0))],
        ["-", "•", "-"],
    ),
}  # fmt: skip


UNKNOWN_TO_LIBREOFFICE = {
    "legal numbering writes figures for the numbers above",
    "a level that never restarts",
    "bullets",  # saved as text it has one sign for all
}


def labels(data: bytes) -> list[str]:
    found = open_document(data)
    return [line.label.of(found.text) if line.label else "" for line in found.lines]


@pytest.mark.parametrize("name", CASES)
def test_labels(name: str) -> None:
    numbering, body, expected = CASES[name]
    found = open_document(docx("".join(body), numbering=numbering))
    assert [line.label.of(found.text) for line in found.lines if line.label] == expected
    # The label stands in the text as printed, one blank before the words.
    assert found.text.split("\n")[0] == f"{expected[0]} a"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is the oracle")
def test_labels_are_those_of_another_word_processor(tmp_path: Path) -> None:
    """LibreOffice, saving the same files as text, prints the same labels."""
    names = dict(enumerate(name for name in CASES if name not in UNKNOWN_TO_LIBREOFFICE))
    for at, name in names.items():
        numbering, body, _ = CASES[name]
        (tmp_path / f"{at}.docx").write_bytes(docx("".join(body), numbering=numbering))
    files = [str(tmp_path / f"{at}.docx") for at in names]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    call = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
    subprocess.run([*call, *files], check=True, capture_output=True, timeout=120)
    for at, name in names.items():
        printed = (tmp_path / f"{at}.txt").read_text("utf-8-sig").split("\n")
        assert [line.strip()[:-1].strip() for line in printed if line.strip()] == CASES[name][2], name


def test_numbers_of_styles() -> None:
    """A style brings its list and level, what is based on it too, and a paragraph may say it has no number."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2b"><w:name w:val="x"/><w:basedOn w:val="H2"/></w:style>'
    )
    numbering = abstract(0, level(0, "%1.", "upperRoman", extra='<w:pStyle w:val="H1"/>'), level(1, "%2.")) + num(1, 0)
    body = p("a", style="H1") + p("b", style="H2") + p("c", style="H2b") + p("d", style="H2", num=(0, 0))
    data = docx(body, numbering=numbering, styles=styles)
    assert labels(data) == ["I.", "1.", "2.", ""]
    assert [line.heading for line in open_document(data).lines] == [1, 2, 2, 2]


def test_numbering_styles_are_followed() -> None:
    """A definition may only name a style, whose list has the levels."""
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/>'
        '<w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        abstract(0, extra='<w:numStyleLink w:val="L"/>')
        + abstract(1, level(0, "Phần %1", "upperLetter"), extra='<w:styleLink w:val="L"/>')
        + num(1, 0)
        + num(9, 1)
    )
    assert labels(docx(p("x", num=(1, 0)) + p("y", num=(1, 0)), numbering=numbering, styles=styles)) == [
        "Phần A",
        "Phần B",
    ]


def test_circles_of_styles_and_lists_end() -> None:
    """A style based on itself, and a definition that names itself, are read as having nothing."""
    styles = '<w:style w:type="paragraph" w:styleId="S"><w:name w:val="s"/><w:basedOn w:val="S"/></w:style>'
    numbering = abstract(0, extra='<w:numStyleLink w:val="S"/>') + num(1, 0)
    assert labels(docx(p("x", style="S", num=(1, 0)), numbering=numbering, styles=styles)) == [""]
