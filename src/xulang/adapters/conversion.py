"""LibreOffice: .doc, .rtf and .odt made DOCX for the reader. `office_pool` sets papers as PDF."""

import os
import signal
from pathlib import Path

from xulang.reading.files.ports import ConversionError

MISSING = (
    "Tệp này cần LibreOffice để mở. "
    "Hãy chạy `make setup-system` hoặc cài gói libreoffice-writer-nogui, hoặc lưu tệp thành .docx rồi đọc lại."
)
FAILED = "LibreOffice không mở được tệp này. Hãy mở bằng Word, lưu thành .docx rồi đọc lại."


class LibreOffice:
    """Starts LibreOffice once a file, with a profile of its own: a shared profile locks the second one out."""

    def __init__(self, seconds: float = 60) -> None:
        self._seconds = seconds

    def to_docx(self, data: bytes, suffix: str) -> bytes:
        """The same paper as DOCX. Raises ConversionError where LibreOffice is missing, fails or takes too long."""
        # Imported here: most files need no conversion, and the command must start at once.
        import shutil
        import tempfile

        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            raise ConversionError(MISSING)
        with tempfile.TemporaryDirectory(prefix="xulang-") as folder:
            source = Path(folder, f"in{suffix}")
            source.write_bytes(data)
            call = [
                program,
                f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                *("--headless", "--norestore", "--nolockcheck", "--convert-to", "docx", "--outdir", f"{folder}/out"),
                str(source),
            ]
            self._run(call, folder)
            made = Path(folder, "out", "in.docx")
            if not made.exists():
                raise ConversionError(FAILED)
            return made.read_bytes()

    def _run(self, call: list[str], folder: str) -> None:
        """Runs to the end or to the time limit; its helper processes go with it."""
        import subprocess

        process = subprocess.Popen(
            call, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(self._seconds)
        except subprocess.TimeoutExpired as late:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise ConversionError(FAILED) from late
