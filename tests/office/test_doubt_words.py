"""What the check of a report finds, as sentences in the reader's language."""

import pytest
from django.utils.translation import override

from xulang.office.indicator_words import doubt_words
from xulang.reporting.enums import Doubtful
from xulang.reporting.rules import Doubt

PROSE = Doubt(Doubtful.PROSE, "II.1", {"said": "hơn 1.500", "word": "học viên", "counted": (1240, 30)})
SENTENCES = [
    # digits are grouped as the language has it; words of the report stand as they were written
    (PROSE, "vi", "Mục “Tập huấn” viết hơn 1.500 học viên; sổ đang ghi 1.240, 30."),
    (PROSE, "en", "1,240, 30"),
    (Doubt(Doubtful.OUTLIER, "tap-huan-hoc-vien", {"value": 5400, "past": (1100, 1200)}), "vi", "5.400"),
    (Doubt(Doubtful.OUTLIER, "tap-huan-hoc-vien", {"value": 5400, "past": (1100, 1200)}), "vi", "1.100, 1.200"),
    (Doubt(Doubtful.EXCEEDS, "tap-huan-nu", {"value": 5400, "of": "tap-huan-hoc-vien", "whole": 1200}), "vi", "1.200"),
    (Doubt(Doubtful.MISSING, "tin-sai", must=True), "en", "Press items with false statements of fact"),
    (Doubt(Doubtful.EMPTY, "II.1"), "vi", "Mục “Tập huấn” chưa có lời văn."),
]


@pytest.mark.parametrize(("doubt", "language", "part"), SENTENCES)
def test_what_the_check_found_reads_as_a_sentence(doubt: Doubt, language: str, part: str) -> None:
    with override(language):
        assert part in doubt_words(doubt, {"II.1": "Tập huấn"})
