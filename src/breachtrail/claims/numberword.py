"""Words and signs of numbers, and what each is worth."""

from fractions import Fraction

#: The same text letter by letter: full-width digits, kinds of dash, of quotation mark and of blank put aside.
PLAIN = {
    **{ord("０") + digit: str(digit) for digit in range(10)},
    **dict.fromkeys(map(ord, "‐‑‒–—−－～〜~"), "-"),
    **dict.fromkeys(map(ord, "‘’＇"), "'"),
    **dict.fromkeys(map(ord, "\u00a0\u2009\u202f\u2007\u3000\t\n"), " "),
    **{ord("％"): "%", ord("，"): "，", ord("．"): ".", ord("＋"): "+", ord("＄"): "$", ord("兩"): "两"},
}

SMALL = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS = {
    word: 10 * ten
    for ten, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES = {
    **{
        "hundred": 10**2,
        "thousand": 10**3,
        "million": 10**6,
        "billion": 10**9,
        "k": 10**3,
        "m": 10**6,
        "mn": 10**6,
        "mln": 10**6,
    },
    **{"mil": 10**6, "b": 10**9, "bn": 10**9},
}
PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4}
PARTS |= {"fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10}
MULTIPLES: dict[str, int | Fraction] = {
    **{
        "doubled": 2,
        "doubling": 2,
        "doubles": 2,
        "double": 2,
        "twice": 2,
        "twofold": 2,
        "tripled": 3,
        "tripling": 3,
        "triple": 3,
    },
    **{
        "triples": 3,
        "threefold": 3,
        "quadrupled": 4,
        "quadruple": 4,
        "quadrupling": 4,
        "fourfold": 4,
        "quintupled": 5,
        "fivefold": 5,
    },
    **{"tenfold": 10, "halved": Fraction(1, 2)},
}
HAN_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
HAN_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
