"""Tesseract behind the reader's port: Vietnamese letters out of pictures of pages."""

import os
from collections import deque
from collections.abc import Iterable, Iterator

from xulang.reading.files.ports import NoEngineError, Picture, RecognisedWord

MISSING = (
    "Đây là bản quét, cần Tesseract với dữ liệu tiếng Việt để nhận dạng chữ. "
    "Hãy chạy `make setup-system` hoặc cài gói tesseract-ocr và tesseract-ocr-vie, rồi đọc lại."
)


class Tesseract:
    """A recogniser that runs one Tesseract process a page, `jobs` pages at once, one thread each."""

    def __init__(self, jobs: int = 2) -> None:
        self._jobs = jobs

    def recognise(self, pages: Iterable[Picture]) -> Iterator[list[RecognisedWord]]:
        """The words of each page, in the order of the pages. Raises NoEngineError."""
        # Imported here: digital files need none of this, and the command must start at once.
        import shutil
        from concurrent.futures import Future, ThreadPoolExecutor

        program = shutil.which("tesseract")
        if program is None:
            raise NoEngineError(MISSING)

        waiting: deque[Future[list[RecognisedWord]]] = deque()
        with ThreadPoolExecutor(self._jobs) as pool:
            for page in pages:  # pictures are large: only as many are made as are worked on, and one more
                waiting.append(pool.submit(_recognised, program, page))
                if len(waiting) > self._jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()


def _recognised(program: str, page: Picture) -> list[RecognisedWord]:
    import subprocess
    from tempfile import NamedTemporaryFile

    from PIL import Image

    # From a file and not through a pipe: Tesseract takes a pipe letter by letter, and a bitmap faster than any other.
    with NamedTemporaryFile(suffix=".bmp") as file:
        Image.frombytes("L", (page.width, page.height), page.grey).save(file, "BMP")
        file.flush()
        call = [program, file.name, "stdout", "-l", "vie", "--dpi", str(page.dpi), "--psm", "3", "tsv"]
        done = subprocess.run(call, capture_output=True, env=os.environ | {"OMP_THREAD_LIMIT": "1"}, check=False)
    if done.returncode:
        raise NoEngineError(MISSING)
    return list(_words(done.stdout.decode("utf-8", "replace")))


def _words(tsv: str) -> Iterator[RecognisedWord]:
    """Words of Tesseract's table; a line is known by its block, paragraph and line numbers together."""
    import csv

    lines: dict[tuple[str, str, str], int] = {}
    for row in csv.DictReader(tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row["text"] or "").strip()
        if row["level"] != "5" or not text:
            continue
        line = lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), len(lines))
        left, top = float(row["left"]), float(row["top"])
        right, bottom = left + float(row["width"]), top + float(row["height"])
        yield RecognisedWord(text, left, top, right, bottom, line, float(row["conf"]))
