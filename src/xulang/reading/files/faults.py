"""What can be wrong with a file, said so that a person knows what to do."""

from xulang.reading.files.document import Document, Fault
from xulang.reading.files.ports import Recogniser

MAX_BYTES = 64 * 2**20  # a directive is well under 10 MB even as a scan; beyond this a file is not one directive
MAX_PART = 24 * 2**20  # one XML part, unpacked: a tree takes some twenty times its text
MAX_TEXT = 2 * 2**20  # code points of text: more than MAX_PAGES full pages
MAX_PAGES = 500

RECOGNISED = (
    "Văn bản được nhận dạng từ bản quét nên có thể sai chữ. Hãy đối chiếu số, ngày tháng và tên riêng với bản gốc."
)
NO_ENGINE = "Đây là bản quét nhưng nơi này không bật nhận dạng chữ. Hãy dùng tệp .docx hoặc .pdf có chữ."
OLD_FORMAT = "Tệp ở định dạng cũ mà nơi này không chuyển đổi được. Hãy mở bằng Word, lưu thành .docx rồi đọc lại."
MESSAGES = {
    "unreadable": "Tệp bị hỏng hoặc không phải là văn bản. "
    "Hãy mở lại bằng Word hoặc trình đọc PDF, lưu thành tệp .docx hoặc .pdf mới rồi đọc lại.",
    "encrypted": "Tệp có mật khẩu nên không đọc được. Hãy gỡ mật khẩu hoặc lưu một bản không đặt mật khẩu rồi đọc lại.",
    "too_large": "Tệp quá lớn so với một văn bản chỉ đạo. "
    "Hãy tách riêng văn bản cần đọc (không quá 64 MB, 500 trang) rồi đọc lại.",
    "empty": "Tệp không có chữ nào. Hãy kiểm tra xem có gửi nhầm tệp không.",
}


class RefusedError(Exception):
    """A file that gives no text at all; `open_document` turns it into a Document with this fault."""

    def __init__(self, code: str, message: str | None = None) -> None:
        super().__init__(code)
        self.fault = Fault(code, message or MESSAGES[code])


def engine_or_refusal(recognise: Recogniser | None) -> Recogniser:
    """The engine for a scanned page. Raises RefusedError `ocr` where there is none."""
    if recognise is None:
        raise RefusedError("ocr", NO_ENGINE)
    return recognise


def refused(media_type: str, refusal: RefusedError) -> Document:
    """The Document of a file that could not be read."""
    return Document("", media_type, faults=(refusal.fault,))
