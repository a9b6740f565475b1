"""`xulang manage seed_demo`: the sample town, its accounts, and a plan read and proposed."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from xulang.config.sample import at_work, seeding
from xulang.organisation.models import Reorganisation
from xulang.plumbing.errors import Refused

SAMPLE_PLAN = Path(seeding.__file__).with_name("plan.md")


class Command(BaseCommand):
    """Seeds an empty database; prints the accounts, whose passwords are random and shown only here."""

    help = "Tạo thành phố mẫu, tài khoản dùng thử và đọc một kế hoạch."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The plan to read, the sample one where none is given."""
        parser.add_argument("--plan", type=Path, default=SAMPLE_PLAN)
        parser.add_argument("--sample", choices=sorted(seeding.SAMPLES), default="muong-hoa")

    def handle(self, *_args: Any, plan: Path, sample: str, **_options: Any) -> None:
        """Raises CommandError, in Vietnamese, where the plan cannot be opened or received."""
        if not plan.is_file():
            raise CommandError(f"Không có tệp {plan}: kiểm tra lại đường dẫn.")
        now = dt.datetime.now(ZoneInfo(settings.TIME_ZONE))
        accounts = seeding.seed(today=now.date(), now=now, sample=sample)
        if plan != SAMPLE_PLAN or sample == "muong-hoa":  # the sample plan is the made-up town's own
            try:
                programme = seeding.propose(plan.read_bytes(), plan.name, now=now)
            except Refused as why:
                raise CommandError(f"Không nhận được {plan.name}: {why}") from why
            self.stdout.write(f"Đã đọc {plan.name}: {programme.tasks.count()} nhiệm vụ chờ xác nhận.")
        if sample == "muong-hoa":
            done = at_work.set_to_work(now)
            self.stdout.write(f"Đã giao một kế hoạch nhỏ và ghi {len(done)} hoạt động.")
        for act in Reorganisation.objects.order_by("on"):
            self.stdout.write(f"Đã lập phương án: {act.title}, từ {act.on:%d/%m/%Y}.")
        self.stdout.write("Tài khoản (chỉ để dùng thử, mật khẩu đổi mỗi lần chạy):")
        for account in accounts:
            self.stdout.write(f"  {account.role:36} {account.username:12} {account.password}")
