"""`xulang demo`: a sample town, its plan read and proposed, and the platform serving it; what `make run` does."""

import argparse
import os
import shutil
import socket
from pathlib import Path

from xulang.cli.commands import serve

MARK = "demo-only"  # a file in the data folder: only what a demo made is wiped by the next one


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plan to read; the rest as in `serve`."""
    serve.add_arguments(parser)
    parser.add_argument("--plan", type=Path, help="văn bản của bạn (mặc định: kế hoạch mẫu)")
    parser.add_argument(
        "--sample", default="muong-hoa", help="muong-hoa (mặc định) hoặc lang-son: thành phố thật năm 2025"
    )
    parser.set_defaults(data=Path(".var/demo"))


def run(args: argparse.Namespace) -> int:
    """Starts afresh each time.

    0 after an interrupt, 1 where the port is taken or the plan cannot be received, 2 for a strange folder.
    """
    data: Path = args.data
    try:
        socket.create_server((args.host, args.port)).close()
    except OSError:
        print(f"Cổng {args.port} đang có chương trình khác dùng: chọn cổng khác (make run PORT=…, hay --port).")
        return 1
    if data.exists() and any(data.iterdir()):
        if not (data / MARK).exists():
            print(f"{data} không phải dữ liệu dùng thử nên không xóa: chọn thư mục khác sau --data.")
            return 2
        shutil.rmtree(data)
    data.mkdir(parents=True, exist_ok=True)
    (data / MARK).touch()
    os.environ.setdefault("XULANG_CLAMD", "none")  # made-up files on one machine: nobody waits for a scanner
    serve.prepare(data)
    from django.core.management import CommandError, call_command

    try:
        call_command("seed_demo", sample=args.sample, **({"plan": args.plan} if args.plan else {}))
    except CommandError as why:
        print(why)
        return 1
    print(f"Mở http://{args.host}:{args.port}/ trên trình duyệt; dừng bằng Ctrl+C.", flush=True)
    serve.listen(args.host, args.port, args.threads)
    return 0
