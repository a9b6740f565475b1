"""Pictures on their way in: the place goes, the pixels stay; and files shown small."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from xulang.plumbing import files, pictures

GPS, EXIF, TURNED, TAKEN, MAKER = 0x8825, 0x8769, 0x0112, 0x9003, 0x927C
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="21,51.2N"/></x:xmpmeta>'


def a_picture(kind: str, *, place: bool = True, **more: object) -> bytes:
    """A small picture from a telephone, with the place where it was taken."""
    picture = Image.effect_noise((64, 48), 60).convert("RGB")
    exif = Image.Exif()
    exif[TURNED] = 6
    exif.get_ifd(EXIF)[TAKEN] = "2026:03:10 09:00:00"
    if place:
        exif.get_ifd(EXIF)[MAKER] = b"GPS 21.85,106.76"
        exif.get_ifd(GPS).update({1: "N", 2: (21.0, 51.0, 12.0), 3: "E", 4: (106.0, 45.0, 36.0)})
        more |= {"comment": b"21.85,106.76"} if kind == "JPEG" else {}
        more |= {"xmp": XMP} if kind in ("JPEG", "WEBP") else {}
    if kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
        more["pnginfo"] = texts
    out = io.BytesIO()
    picture.save(out, kind, exif=exif, **more)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),  # several scans, tables between them
        ("JPEG", {"icc_profile": b"a profile of colours"}),
        ("PNG", {}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
    ],
)
def test_the_place_goes_and_the_pixels_stay(kind, more):
    data = a_picture(kind, **more)
    assert opened(data).getexif().get_ifd(GPS), "the sample says where it was taken"
    clean = pictures.without_place(data, kind.lower())
    picture = opened(clean)
    assert not picture.getexif().get_ifd(GPS)
    for trace in (b"GPS", b"21.85", b"21,51", b"xmpmeta"):
        assert trace not in clean
    assert picture.tobytes() == opened(data).tobytes()
    assert picture.info.get("icc_profile") == opened(data).info.get("icc_profile")
    if kind == "JPEG":  # a telephone's: how it is turned and when it was taken are needed
        assert picture.getexif()[TURNED] == 6
        assert picture.getexif().get_ifd(EXIF)[TAKEN] == "2026:03:10 09:00:00"
    assert pictures.without_place(clean, kind.lower()) == clean  # once clean, it stays as it is


def test_a_film_behind_the_picture_goes():
    data = a_picture("JPEG")
    clean = pictures.without_place(data + b"ftypmp4 com.apple.quicktime.location 21.85,106.76", "jpeg")
    assert clean == pictures.without_place(data, "jpeg")


def test_what_tells_nothing_beside_itself_is_kept_to_the_byte():
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "JPEG")
    assert pictures.without_place(out.getvalue(), "jpeg") == out.getvalue()
    assert pictures.without_place(b"%PDF-1.7 21.85", "pdf") == b"%PDF-1.7 21.85"


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
@given(cut=st.floats(0.02, 0.98))
def test_a_broken_picture_is_refused_or_cleaned_never_kept_with_its_place(kind, cut):
    data = a_picture(kind.upper())
    try:
        clean = pictures.without_place(data[: int(len(data) * cut)], kind)
    except pictures.BrokenPictureError:
        return
    assert b"21,51" not in clean
    assert b"21.85" not in clean


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_shown_small_stands_upright(kind):
    small = pictures.thumbnail(a_picture(kind), f"image/{kind.lower()}")
    assert small is not None
    assert opened(small).size == (48, 64)
    assert not opened(small).getexif()


def test_what_has_no_look():
    assert pictures.thumbnail(b"chu", "text/plain") is None
    assert pictures.thumbnail(b"\xff\xd8\xff hong", "image/jpeg") is None
    assert pictures.thumbnail(b"%PDF-1.7 hong", "application/pdf") is None
    huge = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    )
    assert pictures.thumbnail(huge + b"\0" * 8, "image/png") is None


def test_the_first_page_of_a_pdf_is_shown():
    out = io.BytesIO()
    Image.new("RGB", (400, 200), "red").save(out, "PDF")
    small = pictures.thumbnail(out.getvalue(), files.MEDIA_TYPES["pdf"])
    assert small is not None
    red, green, _blue = opened(small).getpixel((100, 50))
    assert (red > 200, green < 60) == (True, True)
