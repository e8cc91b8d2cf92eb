# ruff: noqa: RUF001 (phonetic symbols are meant)
"""Phones: the 39 ARPAbet symbols that the phone model hears, and how Kokoro is asked to say them."""

PHONES = (
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH"
).split()
BLANK = 0
INDEX = {phone: index + 1 for index, phone in enumerate(PHONES)}
LABELS = len(PHONES) + 1

VOWELS = {"AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"}

_AMERICAN = {
    "AA": "ɑ",
    "AE": "æ",
    "AH": "ʌ",
    "AO": "ɔ",
    "AW": "W",
    "AY": "I",
    "B": "b",
    "CH": "ʧ",
    "D": "d",
    "DH": "ð",
    "EH": "ɛ",
    "ER": "ɜɹ",
    "EY": "A",
    "F": "f",
    "G": "ɡ",
    "HH": "h",
    "IH": "ɪ",
    "IY": "i",
    "JH": "ʤ",
    "K": "k",
    "L": "l",
    "M": "m",
    "N": "n",
    "NG": "ŋ",
    "OW": "O",
    "OY": "Y",
    "P": "p",
    "R": "ɹ",
    "S": "s",
    "SH": "ʃ",
    "T": "t",
    "TH": "θ",
    "UH": "ʊ",
    "UW": "u",
    "V": "v",
    "W": "w",
    "Y": "j",
    "Z": "z",
    "ZH": "ʒ",
}
_BRITISH = _AMERICAN | {"AA": "ɑː", "AO": "ɔː", "ER": "ɜː", "IY": "iː", "UW": "uː", "OW": "Q"}


def bare(phone: str) -> str:
    """`AH0` → `AH`: the phone without its stress digit."""
    return phone.rstrip("012")


def without_coda_r(phones: list[str]) -> list[str]:
    """What a British talker leaves of a word: R stays only before a vowel."""
    kept = []
    for here, after in zip(phones, [*phones[1:], ""], strict=True):
        if bare(here) != "R" or bare(after) in VOWELS or not kept:
            kept.append(here)
    return kept


def spoken(phones: list[str], british: bool, stressed: bool) -> str:
    """The string that makes Kokoro say these phones (with stress digits) as one word."""
    table, out = (_BRITISH if british else _AMERICAN), []
    for position, phone in enumerate(phones):
        name, stress = bare(phone), phone[-1] if phone[-1].isdigit() else ""
        mark = {"1": "ˈ", "2": "ˌ"}.get(stress, "") if stressed else ""
        before = bare(phones[position - 1]) if position else ""
        after = phones[position + 1] if position + 1 < len(phones) else ""
        weak = stress == "0" or not stressed
        if name == "AH" and weak:
            out.append("ə")
        elif name == "ER" and weak:
            out.append("ə" if british else "əɹ")
        elif name == "T" and not british and before in VOWELS | {"R"} and after.endswith("0"):
            out.append("T")  # Kokoro's symbol for the American flap
        else:
            out.append(mark + table[name])
    return "".join(out)
