"""What the text of a cell looks like, as one lazy expression that every engine reads alike.

Patterns use only what RE2, PostgreSQL and Java agree on: no classes by letter, no look-around.
"""

from __future__ import annotations

from evenground.questions.data.measures.columns.column_profile import Writing
from evenground.questions.data.measures.columns.moments import Expression

_SPACE = "[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]"
_APART = "[ '’\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]"
_SIGN = "[+-]?"
_ISO_DAY = "[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}"
CLOCK = "[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]{1,9})?)?"
_HALF = "( ?[AaPp]\\.?[Mm]\\.?)?"
ZONE = " ?(Z|UTC|GMT|[+-][0-9]{2}(:?[0-9]{2})?)"
_LOCAL = f"[0-9]{{1,2}}[./-] ?[0-9]{{1,2}}[./-] ?([0-9]{{4}}|[0-9]{{2}})(,? +{CLOCK}{_HALF})?"
MONTH_NAMES = (
    "[Jj][Aa][Nn]|[Ff][Ee][Bb]|[Mm][Aa][Rr]|[Aa][Pp][Rr]|[Mm][Aa][YyJjIi]|[Jj][Uu][Nn]|[Jj][Uu][Ll]"
    "|[Aa][Uu][Gg]|[Ss][Ee][Pp]|[Oo][CcKk][Tt]|[Nn][Oo][Vv]|[Dd][Ee][CcZzSs]"
)
_NAMED = (
    f"[0-9]{{1,2}}[. -]*({MONTH_NAMES})[a-zA-Z]*[., -]+([0-9]{{4}}|[0-9]{{2}})( +{CLOCK}{_HALF})?"
    f"|({MONTH_NAMES})[a-zA-Z]*[. ]+[0-9]{{1,2}},? +[0-9]{{4}}( +{CLOCK}{_HALF})?"
    f"|[A-Z][a-z]{{2}} ({MONTH_NAMES}) +[0-9]{{1,2}} {CLOCK}( [A-Z]{{2,5}})? [0-9]{{4}}"
)
_POINT = (
    f"{_SIGN}([0-9]{{1,18}}[.][0-9]{{0,30}}|[.][0-9]{{1,30}})([eE][+-]?[0-9]{{1,2}})?"
    f"|{_SIGN}[0-9]{{1,18}}[eE][+-][0-9]{{1,2}}"
)
_THOUSANDS = (
    f"{_SIGN}[1-9][0-9]{{0,2}}(,[0-9]{{3}}){{2,}}([.][0-9]*)?"
    f"|{_SIGN}[1-9][0-9]{{0,2}}(,[0-9]{{3}})+[.][0-9]*"
    f"|{_SIGN}[1-9][0-9]{{0,2}}({_APART}[0-9]{{3}})+([.,][0-9]*)?"
)
_COMMA = (
    f"{_SIGN}[0-9]{{0,18}},[0-9]{{1,30}}"
    f"|{_SIGN}[1-9][0-9]{{0,2}}([.][0-9]{{3}})+,[0-9]*"
    f"|{_SIGN}[1-9][0-9]{{0,2}}([.][0-9]{{3}}){{2,}}"
)
_AMOUNT = "[0-9][0-9., '’\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]*"
_MONEY = (
    f"[(]?{_SIGN}[$€£¥]{_SPACE}*{_SIGN}({_AMOUNT}|[.][0-9]+)[)]?"
    f"|{_SIGN}{_AMOUNT}{_SPACE}*([$€£¥]|kr[.]?|[A-Z]{{3}}|:-|,-)"
    f"|[A-Z]{{3}}{_SPACE}*{_SIGN}{_AMOUNT}"
    f"|[(]{_AMOUNT}[)]"
)
_SIGNS = (
    "(?i)^ *(n/?a|n\\.a\\.?|#n/a|nan|null|none|nil|-+|–|—|[.]+|…|[?]+|:|[*]+|[(]x[)]|[(]na[)]"
    "|unknown|not available|no data|missing|k\\. ?a\\.|uppgift saknas|saknas) *$"
)
_EMPTY = "^[ \t\r\n\N{NO-BREAK SPACE}]*$"
_FLAGS = "(?i)^ *(true|false|yes|no|ja|nej|nein) *$"
_AFTER = (
    "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018"
    "\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
)
GARBLED = f"[\u00c3\u00c2][{_AFTER}]|\u00e2\u20ac[{_AFTER}]|\u00ef\u00bf\u00bd|\ufffd"
"""Letters that arise when UTF-8 is read as Windows text, and the sign for what was lost."""
_WHOLE = f"{_SIGN}[0-9]{{1,18}}"
_RARER: tuple[tuple[Writing, str], ...] = (
    (Writing.MOMENT, f"{_ISO_DAY}[T ] ?{CLOCK}{_HALF}"),
    (Writing.MOMENT_ZONED, f"{_ISO_DAY}[T ] ?{CLOCK}{ZONE}"),
    (Writing.DAY, _ISO_DAY),
    (Writing.MONTH, "[0-9]{4}-[0-9]{2}"),
    (Writing.LOCAL, _LOCAL),
    (Writing.COMMA_OR_THOUSANDS, f"{_SIGN}[1-9][0-9]{{0,2}},[0-9]{{3}}"),
    (Writing.THOUSANDS, _THOUSANDS),
    (Writing.COMMA, _COMMA),
    (Writing.PERCENT, f"{_SIGN}[0-9]{{0,18}}([.,][0-9]*)?{_SPACE}*%"),
    (Writing.CLOCK, f"{CLOCK}{_HALF}"),
    (Writing.NAMED_MONTH, _NAMED),
    (Writing.MONEY, _MONEY),
)
PLAIN = f"^ *({_WHOLE}|{_POINT}) *$"
"""Numbers of digits with a decimal point at most."""
_LONGEST = 64
"""Longer texts are words."""


def writing_of(text: Expression) -> Expression:
    """Return the value of ``Writing`` that each cell is; null where there is no text.

    What is frequent is asked for first, and words are told from the rest by one pattern, so that a
    cell costs two or three comparisons.
    """
    import ibis

    def looks(pattern: str) -> Expression:
        return text.re_search(f"^ *({pattern}) *$")

    rarer = [(looks(pattern), ibis.literal(writing.value)) for writing, pattern in _RARER]
    lettered = ibis.cases(
        (text.re_search(_EMPTY), Writing.EMPTY.value),
        (text.re_search(_SIGNS), Writing.SIGN.value),
        (text.re_search(_FLAGS), Writing.FLAG.value),
        else_=Writing.WORDS.value,
    )
    zero = ibis.ifelse(text.re_search("^ *0[0-9]"), Writing.LEADING_ZERO.value, Writing.WHOLE.value)
    return ibis.cases(
        (text.isnull(), ibis.null("string")),
        (text.length() > _LONGEST, Writing.WORDS.value),
        (looks(_WHOLE), zero),
        (looks(_POINT), Writing.POINT.value),
        (~text.re_search("[0-9]"), lettered),
        (~looks("|".join(pattern for _, pattern in _RARER)), Writing.WORDS.value),
        *rarer,
        else_=Writing.WORDS.value,
    )
