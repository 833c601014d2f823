"""What a quota of the price book counts, in words. Pure."""

from lib.words import has, say


def quota_name(name: str, language: str) -> str:
    """What a quota counts, with its time, in words; a name of the vendor's own as it stands."""
    key = f"pricebooks-quota-{name.replace('_', '-')}"
    return say(language, key) if has(language, key) else name
