"""Phrases of the law found in its text."""


def phrases_in(text: str, phrases: tuple[str, ...]) -> list[str]:
    """Longest first and taken out once found: 特別児童扶養手当関係情報 must not count as 児童扶養手当関係情報."""
    found = []
    for phrase in sorted(phrases, key=len, reverse=True):
        if phrase in text:
            found.append(phrase)
            text = text.replace(phrase, "")
    return found
