"""Numbers of rows stand in attributes as they are: at a thousand, a reader's language would put a point into them."""

import re

import pytest

from xulang.config.settings import PACKAGE

TEMPLATES = sorted((PACKAGE / "office" / "templates").rglob("*.html"))
ATTRIBUTE = re.compile(r'[a-z-]+="[^"]*"')
NUMBER = re.compile(r"\{\{ [a-z_.]*(?:\.pk|\.id|_id|\.number|\.stamp)(?:\|default:'')? \}\}")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_number_in_an_attribute_is_localised(template) -> None:
    text = template.read_text("utf-8")
    assert [one for attribute in ATTRIBUTE.findall(text) for one in NUMBER.findall(attribute)] == []
