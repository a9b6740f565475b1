"""Times by which made-up plans want things done: how a line, a cell or a sentence says it, and what it means."""

from dataclasses import dataclass
from random import Random

QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Due:
    """`told` stands after "Thời gian:" or in a cell; `clause` ends a sentence; `means` as the truth lines write it."""

    told: str
    clause: str
    means: str


def day(rng: Random, year: int) -> Due:
    d, m = rng.randint(1, 28), rng.randint(1, 12)
    printed = rng.choice(
        (f"{d:02}/{m if m > 2 else f'{m:02}'}/{year}", f"{d:02} tháng {m if m > 2 else f'{m:02}'} năm {year}")
    )
    bare = "/" in printed
    told = rng.choice(
        (
            f"Trước ngày {printed}",
            f"Chậm nhất ngày {printed}",
            printed if bare else f"Ngày {printed}",
            f"Hoàn thành trước ngày {printed}",
        )
    )
    clause = rng.choice(
        (
            ", hoàn thành trước ngày ",
            ", xong trước ngày ",
            "; báo cáo kết quả trước ngày ",
            ", chậm nhất ngày ",
            "; thời gian hoàn thành: trước ngày ",
        )
    )
    return Due(told, clause + printed, f"{year}-{m:02}-{d:02}")


def month(rng: Random, year: int) -> Due:
    m = rng.randint(1, 12)
    printed = rng.choice((f"{m}/{year}", f"{m:02}/{year}", f"{m} năm {year}"))
    told = rng.choice((f"Tháng {printed}", f"Trong tháng {printed}", f"Hoàn thành trong tháng {printed}"))
    clause = rng.choice((", hoàn thành trong tháng ", " trong tháng ", ", xong trong tháng "))
    return Due(told, clause + printed, f"{year}-{m:02}")


def quarter(rng: Random, year: int) -> Due:
    q = rng.randint(1, 4)
    printed = rng.choice((f"{QUARTERS[q - 1]}/{year}", f"{QUARTERS[q - 1]} năm {year}"))
    told = rng.choice((f"Quý {printed}", f"Trong quý {printed}"))
    return Due(told, rng.choice((", hoàn thành trong Quý ", " trong quý ")) + printed, f"{year}-Q{q}")


def span(rng: Random, year: int) -> Due:
    first = rng.randint(1, 8)
    last = first + rng.randint(1, 4)
    told, means = rng.choice(
        (
            (f"Từ tháng {first} đến tháng {last}/{year}", f"{year}-{first:02}/{year}-{last:02}"),
            (f"Tháng {first} - {last}/{year}", f"{year}-{first:02}/{year}-{last:02}"),
            (f"Năm {year} - {year + 4}", f"{year}/{year + 4}"),
            (f"Giai đoạn {year} - {year + 4}", f"{year}/{year + 4}"),
            (f"Năm {year}", f"{year}"),
        )
    )
    return Due(told, f" ({told[0].lower()}{told[1:]})", means)


def recurring(rng: Random, year: int) -> Due:
    h, d, m = rng.choice(("Hằng", "Hàng")), rng.randint(5, 28), rng.randint(3, 12)
    small = h.lower()
    after = f"(trước ngày {d:02} của tháng kế tiếp)"
    rows = (
        (f"{h} năm", f"; định kỳ {small} năm báo cáo kết quả", "year"),
        (f"{h} quý", f"; định kỳ {small} quý báo cáo kết quả", "quarter"),
        (f"{h} tháng", f"; định kỳ {small} tháng báo cáo kết quả", "month"),
        (f"{h} tuần", f"; báo cáo kết quả {small} tuần", "week"),
        ("06 tháng/lần", "; báo cáo 06 tháng/lần", "half"),
        (f"6 tháng, {small} năm", f"; định kỳ 6 tháng, {small} năm báo cáo kết quả", "half"),
        (f"Trước ngày {d:02} {small} tháng", f"; báo cáo kết quả trước ngày {d:02} {small} tháng", f"month {d:02}"),
        (f"Trước ngày {d:02}/{m} {small} năm", f"; báo cáo trước ngày {d:02}/{m} {small} năm", f"year {m:02}-{d:02}"),
        (f"{h} quý {after}", f"; báo cáo {small} quý {after}", f"quarter +{d:02}"),
        (f"Trước ngày {d:02} của tháng liền kề", f"; báo cáo trước ngày {d:02} của tháng liền kề", f"month +{d:02}"),
        (f"Trước 16 giờ thứ Sáu {small} tuần", f"; báo cáo trước 16 giờ thứ Sáu {small} tuần", "week 5"),
    )  # fmt: skip
    return Due(*rng.choice(rows))


def relative(rng: Random, year: int) -> Due:
    n = rng.choice((5, 7, 10, 15, 20, 30))
    rows = (
        (f"{n:02} ngày kể từ ngày ký", f" trong thời hạn {n:02} ngày kể từ ngày ký ban hành", f"relative P{n}D"),
        (
            f"Trong {n:02} ngày kể từ ngày ban hành",
            f" trong vòng {n:02} ngày kể từ ngày nhận được văn bản này",
            f"relative P{n}D",
        ),
        ("Theo kế hoạch của Trung ương", ", thời gian theo kế hoạch của Trung ương", "relative"),
        ("Sau khi có hướng dẫn của bộ, ngành Trung ương", " sau khi có hướng dẫn của bộ, ngành Trung ương", "relative"),
    )
    return Due(*rng.choice(rows))


def ongoing(rng: Random, year: int) -> Due:
    told = rng.choice(("Thường xuyên", "Thường xuyên, liên tục", "Hằng ngày", "Thường xuyên trong năm"))
    return Due(told, " (thường xuyên)", "ongoing")


FORMS = (day, day, month, quarter, span, recurring, recurring, relative, ongoing, ongoing)


def some_due(rng: Random, year: int) -> Due:
    return rng.choice(FORMS)(rng, year)


NO_DUE = Due("", "", "none")
