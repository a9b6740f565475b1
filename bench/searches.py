"""Full-text search over 100,000 texts on each database: indexed, and asked, beside what the database does by itself."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.measures import Result
from checks import postgres

ROWS = 100_000
TYPED = ("lang son", "Đồng Đăng", "dong kinh", "thông tin đối ngoại", "chợ phiên ngày xuân", "61/KH-UBND", "du khách")
_WORDS = [
    "phường Đông Kinh",
    "cửa khẩu Đồng Đăng",
    "thành phố Lạng Sơn",
    "chợ phiên",
    "ngày xuân",
    "du khách",
    "đăng tải",
    "thông tin",
    "đối ngoại",
    "tuyên truyền",
    "cổng thông tin điện tử",
    "tiếng Anh",
    "tiếng Trung",
    "lễ hội",
    "làng nghề",
    "di tích",
    "hợp tác",
    "hữu nghị",
    "biên giới",
    "các phòng, ban, đơn vị",
    "Ủy ban nhân dân các phường, xã",
    "phối hợp",
    "chủ trì",
    "thường xuyên",
    "báo cáo kết quả",
    "kinh phí",
    "theo Kế hoạch số 149-KH/TU",
    "hình ảnh",
    "con người",
    "sản vật",
    "bồi dưỡng",
    "nghiệp vụ",
    "người nước ngoài",
    "đầu tư",
    "quảng bá",
]


def search() -> Result:
    """Our search with scope, order and excerpt, beside the bare query of the database's own kind and its LIKE."""
    told = [_on(name, address) for name, address in databases()]
    return Result(
        "search in 100,000 texts",
        "; ".join(f"{row['name']}: p95 {row['ours']:.0f} ms, indexed in {row['indexed']:.0f} s" for row in told),
        "; ".join(f"{row['name']}: bare {row['bare']:.0f} ms, LIKE {row['like']:.0f} ms" for row in told),
        "p95 ≤ 150 ms, faster than LIKE",
        all(row["ours"] <= 150 and row["ours"] < row["like"] for row in told),
    )


MEASURES: dict[str, Callable[[], Result]] = {"search": search}


def databases() -> list[tuple[str, str]]:
    return [("SQLite", ""), *([("PostgreSQL", "own")] if postgres.binaries() else [])]


@contextmanager
def environment(address: str) -> Iterator[dict[str, str]]:
    """What a process that measures runs in: a data folder, and where an address is given a PostgreSQL, of its own."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        own = os.environ | {"XULANG_DATA": folder, "XULANG_SECRET_KEY": "only-for-bench"}
        own |= {"PYTHONPATH": os.pathsep.join(sys.path), "DJANGO_SETTINGS_MODULE": "xulang.config.settings"}
        own.pop("XULANG_DATABASE_URL", None)
        yield own | ({"XULANG_DATABASE_URL": servers.enter_context(postgres.server())} if address else {})


def _on(name: str, address: str) -> dict[str, float]:
    """The figures of one database, taken in a process of its own."""
    with environment(address) as own:
        return _asked(name, own)


def _asked(name: str, environment: dict[str, str]) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, str(Path(__file__)), "run"], env=environment, capture_output=True, text=True, check=True
    )
    return {"name": name, **json.loads(done.stdout)}


def _texts() -> list[str]:
    """Texts in which a few terms are common and many are rare, as in any language; the same each time."""
    chance = random.Random(57)  # noqa: S311
    syllables = [
        f"{head}{tail}"
        for head in ["b", "c", "d", "g", "h", "kh", "l", "m", "n", "ph", "t", "th"]
        for tail in ["ai", "an", "ê", "ông", "ươi", "ừa"]
    ]
    terms = [*_WORDS, *(" ".join(chance.choices(syllables, k=2)) for _n in range(3000))]
    chance.shuffle(terms)
    weights = [1 / (rank + 10) for rank in range(len(terms))]
    return [" ".join(chance.choices(terms, weights, k=18)) + f" số {n}/KH-UBND." for n in range(ROWS)]


def _run() -> None:
    """The process that measures."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from xulang.plumbing import searching
    from xulang.plumbing.models import IndexedText
    from xulang.plumbing.wording import excerpt, parse

    call_command("migrate", verbosity=0)
    texts = _texts()
    begun = time.perf_counter()
    for at in range(0, ROWS, 5000):
        IndexedText.objects.bulk_create(
            searching._indexed("text", n, 0, texts[n]) for n in range(at, min(at + 5000, ROWS))
        )
    indexed = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    seen = IndexedText.objects.filter(kind="text", row_id__gte=0).values("row_id")

    def ours(typed: str) -> None:
        query = parse(typed)
        asked = searching.Asked("text", query, seen)
        asked.count()
        for hit in asked.page().hits:
            excerpt(hit.text, query)

    def bare(typed: str) -> None:
        folded = " ".join(word.folded for clause in parse(typed).clauses for phrase in clause for word in phrase)
        with connection.cursor() as cursor:
            cursor.execute(_BARE[connection.vendor], [folded])
            cursor.fetchall()

    def like(typed: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM plumbing_indexedtext WHERE text LIKE %s ORDER BY id DESC LIMIT 20", [f"%{typed}%"]
            )
            cursor.fetchall()

    print(json.dumps({"indexed": indexed, "ours": _p95(ours), "bare": _p95(bare), "like": _p95(like)}))


_BARE = {
    "sqlite": "SELECT rowid FROM plumbing_indexedtext_words WHERE plumbing_indexedtext_words MATCH %s "
    "ORDER BY rowid DESC LIMIT 20",
    "postgresql": "SELECT id FROM plumbing_indexedtext WHERE folded_words @@ plainto_tsquery('simple', %s) "
    "ORDER BY id DESC LIMIT 20",
}


def _p95(ask: Callable[[str], None]) -> float:
    """In milliseconds, over all that is typed, warm."""
    taken = []
    for turn in range(8):
        for typed in TYPED:
            begun = time.perf_counter()
            ask(typed)
            if turn:
                taken.append(1000 * (time.perf_counter() - begun))
    return sorted(taken)[int(len(taken) * 0.95)]


if __name__ == "__main__":
    _run()
