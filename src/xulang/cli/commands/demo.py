"""`xulang demo`: a sample town, its plan read and proposed, and the platform serving it; what `make run` does."""

import argparse
import datetime as dt
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

from xulang.cli.commands import serve

SAMPLE = Path(__file__).resolve().parents[2] / "config" / "sample" / "plan.md"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The plan to read; the rest as in `serve`."""
    parser.add_argument("--plan", type=Path, help="văn bản của bạn (mặc định: kế hoạch mẫu)")
    parser.add_argument("--no-serve", action="store_true", help="chuẩn bị dữ liệu rồi dừng")
    serve.add_arguments(parser)
    parser.set_defaults(data=Path(".var/demo"))


def run(args: argparse.Namespace) -> int:
    """Starts afresh each time: 0 after an interrupt, 2 where the plan cannot be opened."""
    plan: Path = args.plan or SAMPLE
    if not plan.is_file():
        print(f"Không có tệp {plan}: kiểm tra lại đường dẫn sau PLAN=")
        return 2
    if args.data.exists():
        shutil.rmtree(args.data)
    serve.prepare(args.data)
    from xulang.config.sample import seeding
    from xulang.plumbing.errors import Refused

    now = dt.datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    accounts = seeding.seed(today=now.date(), now=now)
    address = f"http://{args.host}:{args.port}/"
    try:
        programme = seeding.propose(plan.read_bytes(), plan.name, now=now)
    except Refused as why:
        print(f"Không nhận được {plan.name}: {why}")
        return 1
    print(f"Đã đọc {plan.name}: {programme.tasks.count()} nhiệm vụ chờ xác nhận.")
    print("Tài khoản (chỉ để dùng thử, đổi mỗi lần chạy):")
    for account in accounts:
        print(f"  {account.role:34} {account.username:12} {account.password}")
    print(f"Mở {address} trên trình duyệt; dừng bằng Ctrl+C.", flush=True)
    if not args.no_serve:
        serve.listen(args.host, args.port, args.threads)
    return 0
