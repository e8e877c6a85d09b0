"""Letters typed for digits: O for 0, l for 1.  Refuses to touch anything but a near-number."""

_MEANT = str.maketrans({"o": "0", "O": "0", "〇": "0", "l": "1", "I": "1", "|": "1", "i": "1"})


def digits_meant(text: str) -> str:
    """`text` with look-alike letters as digits; unchanged where it holds no digit at all."""
    return text.translate(_MEANT) if any(letter.isdigit() for letter in text) else text
