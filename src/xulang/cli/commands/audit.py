"""`xulang audit verify`: whether anybody changed the journal behind the platform's back."""

import argparse
import os


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The one thing to do, and the head that was noted elsewhere."""
    parser.add_argument("what", choices=["verify"], metavar="verify", help="tính lại dấu của mọi dòng, từ dòng đầu")
    parser.add_argument(
        "--head", metavar="DẤU", default="", help="dấu đã ghi ở nơi khác (báo cáo, thư): phải là dấu của một dòng"
    )


def run(args: argparse.Namespace) -> int:
    """0 where the chain holds, and the given head is a line of it; 1 where not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xulang.config.settings")
    import django

    django.setup()
    from xulang.plumbing import journal

    verdict = journal.verify()
    if not verdict.ok:
        print(f"Chuỗi đứt ở dòng {verdict.broken_at} (sau {verdict.count} dòng nguyên vẹn).")
        print("Dữ liệu đã bị sửa ngoài hệ thống: giữ nguyên bản sao lưu, báo người quản trị và người kiểm tra.")
        return 1
    print(f"Chuỗi nguyên vẹn: {verdict.count} dòng. Dấu cuối: {verdict.head}")
    if args.head and not journal.has(args.head):
        print("Dấu đã ghi ở nơi khác không có trong chuỗi: nhật ký đã bị thay hoặc cắt bớt.")
        return 1
    return 0
