"""Bad files from numbers: random bytes, good files cut, flipped and rewritten, and the bombs that attackers send.

The same number always gives the same bytes, so that a fault that was found once can be looked at again.
"""

import io
import random
import re
import zipfile
from functools import cache

from PIL import Image

from reading.files.printed import Sheet
from reading.files.word_xml import abstract, docx, level, num, p, row, table, tc
from xulang.reading.files import faults

_PLAN = (
    "UBND XÃ MƯỜNG HOA\n\nSố: 12/KH-UBND\n\n**KẾ HOẠCH**\n\nThực hiện Kế hoạch số 31-KH/TU ngày 20/3/2026\n\n"
    "1. Giao Phòng Kinh tế chủ trì, phối hợp với các thôn sửa đường trước ngày 30/6/2026.\n\n"
    "| TT | Nhiệm vụ | Đơn vị |\n|---|---|---|\n| 1 | Làm cầu | Phòng A |\n\nNơi nhận:\n- Lưu: VT.\n"
)


@cache
def sound() -> dict[str, bytes]:
    """A small good file of every kind."""
    body = p("KẾ HOẠCH", num=(1, 0)) + p("Giao Phòng Kinh tế làm trước 30/6/2026", num=(1, 1))
    merged = tc(p("Phòng A"), '<w:vMerge w:val="restart"/><w:gridSpan w:val="2"/>')
    body += table(row("TT", "Nhiệm vụ", "Đơn vị"), row("1", "Làm cầu", merged), row("2", "x", tc(p(""), "<w:vMerge/>")))
    numbering = abstract(0, level(0, "%1.", "upperRoman"), level(1, "%1.%2", extra="<w:isLgl/>")) + num(1, 0)
    styles = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="heading 1"/></w:style>'
    sheet = Sheet()
    y = sheet.paragraph(80, "1. Giao Phòng Kinh tế chủ trì, phối hợp với các thôn sửa đường trước ngày 30/6/2026.")
    sheet.table(y, [85, 115, 300, 430], [["TT", "Nhiệm vụ", "Đơn vị"], ["1", "Làm cầu", "Phòng A"]])
    page = "<!DOCTYPE html><table border=1><tr><td rowspan=2>1<td>a<tr><td colspan=3>b</table><ol><li>x<ul><li>y</ol>"
    picture = io.BytesIO()
    Image.new("L", (120, 160), 255).save(picture, "PNG")
    photo = io.BytesIO()
    Image.new("RGB", (120, 160), "white").save(photo, "PDF")
    odt = io.BytesIO()
    with zipfile.ZipFile(odt, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<office/>")
    return {
        "docx": docx(body, numbering=numbering, styles=styles),
        "pdf": sheet.bytes(),
        "scan.pdf": photo.getvalue(),
        "md": _PLAN.encode(),
        "txt": _PLAN.replace("|", "\t").encode("utf-16"),
        "html": page.encode(),
        "png": picture.getvalue(),
        "rtf": rb"{\rtf1 x}",
        "odt": odt.getvalue(),
    }


def spoilt(number: int) -> tuple[str, bytes]:
    """How the input of that number was made, and its bytes."""
    chance = random.Random(number)
    way = chance.choice(WAYS)
    kind = chance.choice(list(sound()))
    return f"{way.__name__} {kind}", way(chance, kind)


def noise(chance: random.Random, kind: str) -> bytes:
    """Random bytes, mostly behind the first bytes of a good file."""
    return sound()[kind][: chance.choice((0, 4, 8, 60))] + chance.randbytes(chance.randint(0, 3000))


def cut(chance: random.Random, kind: str) -> bytes:
    """A good file without its end, or without its beginning."""
    data = sound()[kind]
    at = chance.randint(0, len(data))
    return data[:at] if chance.random() < 0.8 else data[at:]


def flipped(chance: random.Random, kind: str) -> bytes:
    """A good file with a few bits flipped."""
    data = bytearray(sound()[kind])
    for _ in range(chance.choice((1, 3, 20))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def spliced(chance: random.Random, kind: str) -> bytes:
    """The beginning of one file, the middle of another, some of it many times."""
    other = sound()[chance.choice(list(sound()))]
    data, at = sound()[kind], chance.randrange(len(sound()[kind]))
    return data[:at] + other[chance.randrange(len(other)) :] * chance.choice((1, 2, 50)) + data[at:]


def swollen(chance: random.Random, _kind: str) -> bytes:
    """A good text with one of its numbers grown past every measure."""
    number = chance.choice(list(re.finditer(r"\d+", _PLAN)))
    grown = chance.choice("0919٣") * chance.choice((3, 20, 400, 5000))
    return f"{_PLAN[: number.start()]}{grown}{_PLAN[number.end() :]}".encode()


def rewritten(chance: random.Random, _kind: str) -> bytes:
    """A sound package whose XML says odd things: numbers out of range, elements doubled, dropped, moved."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound()["docx"])) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            for _ in range(chance.choice((0, 1, 4))):
                text = _odd(chance, text)
            new.writestr(name, text)
    return out.getvalue()


def _odd(chance: random.Random, text: str) -> str:
    tags = list(re.finditer(r"<(w:\w+)[^<>]*/>|<(w:\w+)(?=[ >])", text))
    if not tags:
        return text
    tag = chance.choice(tags)
    what = chance.randrange(5)
    if what == 0:
        values = ("-1", "0", "999999999999", "", "x", "1e9", "\ufffd", "９")
        return re.sub(
            r'(w:val|w:ilvl)="[^"]*"', lambda m: f'{m[1]}="{chance.choice(values)}"', text, count=chance.randint(1, 9)
        )
    if what == 1:
        return text[: tag.start()] + tag[0] + text[tag.start() :] if tag[0].endswith("/>") else text
    if what == 2:
        return text[: tag.start()] + text[tag.end() :] if tag[0].endswith("/>") else text
    name = tag[1] or tag[2]
    other = chance.choice(tags)
    return re.sub(rf"\b{name}\b", other[1] or other[2], text)


def zip_bomb() -> bytes:
    """A package whose main part unpacks to more than a directive can be."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(faults.MAX_PART // 2**20 + 1):
                part.write(b" " * 2**20)
    return out.getvalue()


def entity_bomb() -> bytes:
    """Entities that would expand to gigabytes."""
    entities = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10 if n else 'x' * 100}'>" for n in range(9))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<!DOCTYPE d [{entities}]><d>&e8;</d>")
    return out.getvalue()


def nested() -> bytes:
    """Tables in tables, deeper than anybody sets them."""
    inner = p("x")
    for _ in range(60):
        inner = table(row(tc(inner + p("y")), tc(p("z"))))
    return docx(inner)


def nested_html() -> bytes:
    """Blocks in blocks."""
    return b"<html>" + b"<div><table><tr><td>" * 2000 + b"x"


def wide() -> bytes:
    """A table that says it has a billion columns and rows."""
    return b"<html><table border=1>" + b"<tr><td colspan=1000000000 rowspan=1000000000>x" * 60


def encrypted_pdf() -> bytes:
    """A PDF under a password."""
    return Sheet().text(85, 100, "x").bytes(password="x")


def encrypted_office() -> bytes:
    """An office file under a password."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")


def one_line() -> bytes:
    """Megabytes without a line end."""
    return ("Giao Phòng Kinh tế chủ trì " * 300_000).encode()


def long_line() -> bytes:
    """A line as long as a text may be."""
    return ("Giao Phòng Kinh tế chủ trì, theo 12-KH/TU. " * 9_000).encode()


def gaps() -> bytes:
    """A line of gaps, some of them wide."""
    return (("x" + " " * 40) * 9_000 + " " * 400_000 + "y").encode()


def stars() -> bytes:
    """Marks of emphasis that never close."""
    return b"# a\n\n" + b"**a *b _c " * 12_000


def hooks() -> bytes:
    """Links and tables that never end."""
    return b"# a\n\n**b**\n" + b"[" * 50_000 + b"(" * 50_000 + b"\n" + b" " * 300_000 + b"|\n" + b"|-" * 30_000 + b"x"


def huge_picture() -> bytes:
    """A picture that says it is larger than memory."""
    out = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(out, "PNG")
    return out.getvalue()


WAYS = (noise, cut, cut, flipped, flipped, flipped, spliced, rewritten, rewritten, rewritten, swollen)
BOMBS = (
    zip_bomb, entity_bomb, nested, nested_html, wide, encrypted_pdf, encrypted_office, one_line, long_line, gaps, stars,
    hooks, huge_picture,
)  # fmt: skip
