"""`xulang`: the table of commands. Only the command that is called is imported."""

import argparse
import importlib
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

COMMANDS = {
    "read": "đọc văn bản chỉ đạo: nhiệm vụ, đơn vị, thời hạn, viện dẫn",
    "check": "kiểm tra thể thức văn bản Word theo Nghị định 30/2020",
    "serve": "chạy nền tảng điều hành trên trình duyệt",
    "demo": "chạy thử nền tảng với dữ liệu mẫu",
    "audit": "kiểm tra nhật ký: chuỗi dấu còn nguyên hay đã bị sửa",
    "doctor": "kiểm tra máy còn thiếu gì và cách cài",
    "manage": "các lệnh quản trị của Django",
}
_SITE = ("django", "waitress", "whitenoise", "psycopg", "argon2", "rapidfuzz", "dj_database_url", "django_htmx")

# What argparse says, in Vietnamese.
_SAYINGS = (
    (r"the following arguments are required: (.*)", r"thiếu \1"),
    (r"unrecognized arguments: (.*)", r"không có tham số \1"),
    (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", r"\1 không nhận \2; hãy chọn trong: \3"),
    (r"argument (\S+): expected one argument", r"\1 cần một giá trị đi sau"),
    (r"argument (\S+): invalid \w+ value: (.*)", r"\1 không nhận giá trị \2"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are Vietnamese."""

    def error(self, message: str) -> NoReturn:
        """Says what is wrong with the call and ends with 2."""
        for pattern, saying in _SAYINGS:
            message = re.sub(pattern, saying, message)
        self.exit(2, f"{self.prog}: gọi chưa đúng: {message}.\nXem hướng dẫn: {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command that the arguments name; its exit code, 2 for a wrong call."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    parser = Parser(prog="xulang", description="Từ văn bản chỉ đạo đến nhiệm vụ, phân công và báo cáo.")
    commands = parser.add_subparsers(dest="command", metavar="LỆNH", required=True)
    chosen = next((a for a in arguments if not a.startswith("-")), None)
    module = None
    try:
        for name, purpose in COMMANDS.items():
            command = commands.add_parser(name, help=purpose, description=purpose[0].upper() + purpose[1:] + ".")
            if name == chosen:
                module = importlib.import_module(f"xulang.cli.commands.{name}")
                module.add_arguments(command)
        args = parser.parse_args(arguments)
        return int(module.run(args)) if module else 2
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] not in _SITE:
            raise
        print(f"xulang {chosen}: lệnh này cần phần nền tảng. Hãy cài: pip install 'xulang[site]'", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as `head` does; nothing more to say to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
