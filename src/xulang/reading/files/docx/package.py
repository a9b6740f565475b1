"""The parts of a Word file: unpacked and parsed one by one, within limits, and with nothing fetched or expanded."""

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from xulang.reading.files.faults import MAX_PART, RefusedError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # ISO strict files differ in this name only
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """An OOXML package. Raises RefusedError where it is damaged, encrypted, or unpacks to too much."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise RefusedError("unreadable") from error
        self._names = set(self._zip.namelist())
        self.main = self._target("_rels/.rels", "officeDocument") or "word/document.xml"

    def part(self, kind: str) -> etree._Element | None:
        """The part that the main document names as `kind` ("styles", "numbering", "footnotes"), parsed."""
        folder, name = posixpath.split(self.main)
        target = self._target(f"{folder}/_rels/{name}.rels", kind, folder)
        return self.parsed(target) if target else None

    def parsed(self, name: str) -> etree._Element:
        """The root of the part of that name. Raises RefusedError."""
        # Entities are never expanded, nothing is fetched, and the parser's own limits on depth and size stay on.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(self._unpacked(name), parser)
        except etree.XMLSyntaxError as error:
            raise RefusedError("unreadable") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise RefusedError("unreadable")  # no office writes one; entity bombs do
        return root

    def _unpacked(self, name: str) -> bytes:
        try:
            info = self._zip.getinfo(name)
            if info.flag_bits & 1:
                raise RefusedError("encrypted")
            with self._zip.open(info) as stream:
                data = stream.read(MAX_PART + 1)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise RefusedError("unreadable") from error
        if len(data) > MAX_PART:
            raise RefusedError("too_large")
        return data.replace(_STRICT, W[1:-1].encode()) if _STRICT in data[:4096] else data

    def _target(self, relations: str, kind: str, folder: str = "") -> str | None:
        if relations not in self._names:
            return None
        for relation in self.parsed(relations).iter(_RELATIONS):
            if relation.get("Type", "").endswith("/" + kind) and relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                name = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                )
                return name if name in self._names else None
        return None
