"""Numbers that by their shape alone are not about a register: years, days, phone numbers, prices, laws, versions."""

import re
from functools import cache

from breachtrail.claims.claim import Aside
from breachtrail.claims.word import ANY_CASE, scan

_NUMBER = r"\d[\d,]{0,24}(?:\.\d{1,20})?"
_SCALED = rf"{_NUMBER}\s?(?:hundred|thousand|million|billion|mln|mn|bn|[mkb](?![A-Za-z])|[余多]?[百千万亿]{1, 4})?"
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_UNIT_OF_TIME = r"(?:seconds?|minutes?|hours?|days?|business days|calendar days|weeks?|months?|years?|decades?)"
_WORD_NUMBER = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|twenty-four|thirty|forty-five|sixty|seventy-two|ninety)"
_HAN_NUMBER = r"[一二两三四五六七八九十百]{1,4}"
_CURRENCY = r"(?:[$€£¥￥]|US\$|USD|EUR|GBP|RMB|CNY)"

#: In the order in which they are tried; where two overlap the one that begins first wins, then the one named first.
_SHAPES: tuple[tuple[str, Aside | None, str], ...] = (
    # No number of the text at all: what stands inside an address of the web.
    ("web", None, r"(?:https?://|www\.)[^\s<>\"'，。；、）)\u3400-\u9fff]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}|(?<![\w.-])(?:[\w-]{1,63}\.){1,6}(?:com|org|net|gov|edu|io|cn|html?|jsp|pdf)(?:/[^\s，。；、）)\u3400-\u9fff]*)?|\b[0-9a-fA-F]{16,}\b"),
    ("money", Aside.MONEY, rf"{_CURRENCY}\s?{_SCALED}(?:\s?(?:-|to|至|到)\s?{_CURRENCY}?\s?{_SCALED})?|{_SCALED}[- ]?(?:美元|欧元|英镑|元(?!宇宙)|人民币|加元|澳元|dollars?|euros?|pounds? sterling|USD|cents)\b|[一二两三四五六七八九十百千万亿]{{1,16}}(?:美元|欧元|英镑|元人民币)|\b(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|a) (?:million|billion|thousand)|(?:millions|billions|thousands)(?: of)?) dollars"),
    ("phone", Aside.PHONE, r"(?:\+?1[-. ])?(?<!\d)\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)|\b1-8\d\d-[\dA-Z-]{7,9}|(?:电话|热线|tel\.?|phone|call|fax)[:： ]{0,2}\+?[\d][\d -]{6,16}\d|(?<!\d)(?:0\d{2,3}-\d{7,8}|1[3-9]\d{9}|400-\d{3}-\d{4})(?!\d)|(?:QQ|微信|群号)[:：号 ]{0,3}\d{5,12}"),
    ("cve", Aside.VERSION, r"\bCVE-\d{4}-\d{3,7}|\b(?:CWE|MS|KB|RFC|ISO|NIST|SP|SOC|PCI|FIPS)(?:[ /-]?(?:IEC )?(?:SP )?\d[\d.:-]*(?: Rev\.? ?\d)?(?: v?\d+\.\d+)?)"),
    ("law", Aside.LAW, r"(?-i:\b\d{1,2}\s?(?:C\.?F\.?R\.?|U\.?S\.?C\.?|Fed\.? Reg\.?|FR))(?:\s?(?:§+|Parts?|Section)?\s?\d[\d.]*(?:\([a-z0-9]+\))*)?|§+\s?\d[\d.]*(?:\([a-z0-9]+\))*|\b(?:Section|Sec\.|Title|Article|Part|Rule|Public Law|Act|Executive Order|H\.R\.|HB|SB|Bill)\s(?:No\. )?\d[\d.-]*(?:\([a-z0-9]+\))*|第\s?(?:\d{1,6}|[一二三四五六七八九十百]{1,8})\s?[条款章节](?:第[一二三四五六七八九十]+款)?|\b(?:case|docket|civil action) (?:no\.?|number) ?[\w:-]+"),
    ("version", Aside.VERSION, r"\b(?:Windows(?: Server)?|Office|Microsoft|macOS|iOS|Android|Exchange(?: Server)?|Python|Java|SQL Server|Version|Ubuntu|Debian|Chrome|Citrix|Fortinet|Log4j|GPT|Web|Wi-?Fi|Industry|TLS|SSL|SMB|SHA|AES|RSA|Bluetooth|USB)[ -]?v?(?:Server )?\d[\d.]*\w?\b|\bv\d{1,6}(?:\.\d{1,6}){0,4}\b|\b\d{1,6}\.\d{1,6}\.\d{1,6}(?:\.\d{1,6}){0,3}\b|\b\d{1,5}[- ]?bit\b|\d{1,5}位加密|版本\s?\d[\d.]*|\b[45]G\b"),
    ("day", Aside.DAY, rf"\b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|to|and|through)\s?\d{{1,2}}(?:st|nd|rd|th)?)?(?!\d|,\d{{3}}\b|\.\d)(?:,?\s20\d\d)?|\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?![a-z])(?:,?\s20\d\d)?|\b\d{{4}}-\d{{1,2}}-\d{{1,2}}(?:[T ]\d{{2}}:\d{{2}}(?::\d{{2}})?(?:\.\d+)?(?:Z|[+-]\d{{2}}:?\d{{2}})?)?|\b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b|\b\d{{4}}/\d{{1,2}}/\d{{1,2}}|(?:\d{{4}}\s?年\s?)?\d{{1,2}}\s?月\s?\d{{1,2}}\s?[日号](?:(?:至|到|-)(?:\d{{1,2}}月)?\d{{1,2}}[日号])?|(?<!\d)\d{{1,2}}[日号](?=[，,讯电上下晚早凌发报宣消表在，])|\b\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s?[ap]\.?m\b\.?)?|\b\d{{1,2}}\s?[ap]\.?m\b\.?|\d{{1,2}}点(?:\d{{1,2}}分|钟)|(?:19|20)\d\d\.\d{{1,2}}\.\d{{1,2}}"),
    ("month", Aside.YEAR, r"(?:(?:19|20)\d\d\s?年\s?)?(?<!\d)(?:1[0-2]|0?[1-9])\s?月(?:份)?(?:\s?(?:至|到|-)\s?(?:(?:19|20)\d\d年)?(?:1[0-2]|[1-9])月(?:份)?)?|(?:1[0-2]|[1-9])-(?:1[0-2]|[1-9])月(?:份)?|[一二三四五六七八九十]{1,2}月(?:份)|前(?:\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?:月|季度)|第?[一二三四1-4](?:个)?季度|\b(?:first|last|past) (?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) months of (?:the year|this year|last year|20\d\d)|\bQ[1-4](?:\s?'?(?:20)?\d\d\b)?|\b[1-4]Q\s?(?:20)?\d\d\b|\bH[12](?:\s?(?:20)?\d\d\b)?"),
    ("year", Aside.YEAR, r"(?<![\d,.$-])(?:19|20)\d\d\s?(?:年|/\d\d\b|-\d\d\b(?!-)|(?:-|至|到|–)(?:19|20)\d\d(?!\d)年?)|(?<![\d,.$])(?:19|20)\d\d年?代|(?<![\w,.$-])(?:19[5-9]\d|20[0-4]\d)(?:s|'s)?(?!\w|,\d{3}|\.\d|%|起|件|人|例|宗|万|亿|条| (?:breaches|incidents|people|individuals|records|patients|million|notices))|\d{2}年(?=的|，|,)"),
    ("span", Aside.TIME_SPAN, rf"\b{_NUMBER}(?:\s?(?:-|to|or|and)\s?{_NUMBER})?\+?[- ]{_UNIT_OF_TIME}(?:[- ]old)?\b|\b{_WORD_NUMBER}[- ](?:or {_WORD_NUMBER} |to {_WORD_NUMBER} )?{_UNIT_OF_TIME}(?:[- ]old)?\b|\b24/7\b|(?:\d[\d.]{{0,8}}|{_HAN_NUMBER}|几)(?:多|余)?个?(?:半)?(?:年|月|周|星期|小时|分钟|秒|季度|工作日|天|日)(?:多|半|余)?(?:前|后|内|间|来|以来|之内|之后|以上)?(?![一二三四五六七八九十])|\b\d{{1,3}}(?:\s(?:and|or)\s(?:older|over|under|younger))|\bage(?:s|d)?\s\d{{1,3}}(?:\s?(?:-|to)\s?\d{{1,3}})?|\d{{1,3}}岁|(?-i:(?<=[a-z]), \d{{2}},(?= (?:of|a|an|who|from|said|the)\b))"),
    ("address", Aside.ADDRESS, r"(?-i:\b\d{1,5}\s(?:[NSEW]\.?\s)?(?:[A-Z][a-z]+\s){1,3}(?:Street|St\.|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Drive|Dr\.|Lane|Ln\.|Way|Court|Parkway|Pkwy|Highway|Plaza|Place|Square)(?:,? (?:Suite|Floor|Room) \w+)?|\b(?:Suite|Room|Floor|Unit|Building|P\.?O\.? Box|Route|Interstate|Highway)\s#?\d\w*|(?<=, [A-Z]{2} )\d{5}(?:-\d{4})?)|\b(?:port|IP) \d[\d.]*|\d{1,6}号(?:楼|院|大厦)|\d{1,5}弄"),
    ("numbering", Aside.NUMBERING, r"(?:\btop[- ]|前)(?:\d{1,3}|five|ten|three|twenty|十|五|三|二十|一百)(?:大|名|位|强)?(?!个?月|个?季度|\d|万|亿)|\b(?:no|nos|number|figure|fig|table|chart|page|pages|pp|step|chapter|exhibit|appendix|footnote|note|phase|tier|level|part|item|issue|volume|vol|stage|group|room|slide|question|tip|option|lesson|grade|class|category|model|series|region)\.?\s?#?\d{1,4}(?![\d,.]*\d)(?:\s?(?:-|of|and|to)\s?\d{1,4})?|#\d{1,4}\b|\b\d{1,2}\.[A-Z]\.[A-Z]\b|\[\d{1,3}\](?!\()|[图表]\s?\d{1,3}|第\s?\d{1,4}\s?[页期号版次届步集篇]|[一二三四五六七八九十]{1,2}[、](?=\S)|(?:(?<![\s\S])|(?<=[.;:。；：] )|(?<=[。；：]))\(\d{1,2}\)(?=\s)|[①②③④⑤⑥⑦⑧⑨⑩]|(?<!分)之[一二三](?!十)|\b\d(?:st|nd|rd|th) (?:annual|edition|party|Circuit|District|Amendment|anniversary|grade|century|floor|Ave)"),
    ("size", Aside.OTHER_THING, r"\b\d[\d,.]{0,16}\s?(?:GB|TB|MB|KB|PB|gigabytes?|terabytes?|megabytes?|petabytes?|GHz|Gbps|Mbps|mph|miles?|square feet|sq\. ft\.|acres|feet|kg|degrees|bitcoins?|BTC|points)\b|\d[\d.]{0,16}\s?(?:公里|平方米|比特币|万字|字节)|\b[A-Z]\.?\d{1,2}/\d{1,2}\b"),
)  # fmt: skip


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, _, pattern in _SHAPES), ANY_CASE)


_STARTS = re.compile(r"[\d$€£¥￥§#(\[,+①-⑩]|(?<![A-Za-z0-9])[A-Za-z]|[\u3400-\u9fff]")
_ASIDES = {name: aside for name, aside, _ in _SHAPES}


def shapes(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, Aside | None]]:
    """Places in ``text[start:end]`` (as ``numeral.plain`` gives it) whose numbers are put aside, left to right, and why.

    None for the inside of a web address, whose digits are no numbers of the text.
    """
    end = len(text) if end is None else end
    found = scan(_pattern(), _STARTS, text, start, end)
    return [(match.start(), match.end(), _ASIDES[match.lastgroup or ""]) for match in found]
