"""Amounts of yuan in words, as Chinese papers of value ask for."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_WAN, _YI = 10**4, 10**8


def yuan_in_words(minor: int) -> str:
    """Minor units of CNY: 32504 -> 人民币叁佰贰拾伍元零肆分; whole amounts and whole jiao end in 整."""
    sign = "负" if minor < 0 else ""
    yuan, rest = divmod(abs(minor), 100)
    jiao, fen = divmod(rest, 10)
    if not abs(minor):
        return "人民币零元整"
    text = _whole(yuan) + "元" if yuan else ""
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif fen and yuan:
        text += "零"
    text += _DIGITS[fen] + "分" if fen else "整"
    return "人民币" + sign + text


def _whole(number: int) -> str:
    """A positive whole number; a gap of zeros is read once as 零, also across 万 and 亿."""
    for unit, word in ((_YI, "亿"), (_WAN, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            return _whole(high) + word + _after(low, unit, ends_in_zero=high % 10 == 0)
    return _section(number)


def _after(low: int, unit: int, *, ends_in_zero: bool) -> str:
    if not low:
        return ""
    return ("零" if ends_in_zero or low * 10 < unit else "") + _whole(low)


def _section(number: int) -> str:
    """1 to 9,999."""
    text, gap = "", False
    for digit, place in zip(f"{number:04d}", _PLACES, strict=True):
        if digit == "0":
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[int(digit)] + place
        gap = False
    return text
