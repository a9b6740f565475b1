"""`xulang manage reindex`: the search index made anew from the rows."""

from typing import Any

from django.core.management.base import BaseCommand

from xulang.plumbing import searching


class Command(BaseCommand):
    """For after rows came in past the rooms' own verbs (a restored copy, a load); otherwise the index keeps itself."""

    help = "Lập lại chỉ mục tìm kiếm toàn văn."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tells how many texts of each kind it holds."""
        for kind, number in searching.rebuild().items():
            self.stdout.write(f"{kind}: {number}")
