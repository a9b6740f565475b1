"""What the parts of a figure are called: languages, channels, forms of events."""

from xulang.activities.enums import Channel, EventForm, Language


def part_name(of: str) -> str:
    """The part in the language of the moment; itself where no list knows it."""
    for words in (Language, Channel, EventForm):
        if of in words.values:
            return str(words(of).label)
    return of
