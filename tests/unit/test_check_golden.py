"""What the terminal says of one article, word for word, in both languages; the files were read by a person.

``REWRITE=1`` writes them again, to be read again.
"""

import os
from datetime import date
from pathlib import Path

import pytest

import breachtrail
from breachtrail.claims import terminal
from breachtrail.claims.check import check
from breachtrail.claims.load import from_text
from breachtrail.claims.reading import read
from breachtrail.claims.telling import Telling
from breachtrail.wording.phrases import Phrases

GOLDEN = Path(__file__).resolve().parent.parent / "claims" / "golden"
ARTICLES = {
    "en": """# Breaches of 2024

In 2024, Texas led with 12 breaches, followed by California with 9 and New York with 8. Florida reported 5 breaches in 2024.

The largest breach of 2024, at Mega Health, affected 2.3 million individuals; the fine was $3 million. About 32% of all
breaches in 2024 were in Texas, and more than 20 breaches were reported in 2024. There were 99 such cases.
""",
    "zh": """# 2024年的数据泄露

2024年共上报25起数据泄露事件。德克萨斯州8起，加利福尼亚州6起，纽约州5起，佛罗里达州3起，伊利诺伊州3起。

2024年最大的一起来自Mega Health，影响235万人。
""",
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("of_article", ["en", "zh"])
def test_what_is_said(claimed: breachtrail.Ledger, of_article: str, language: str) -> None:
    article = from_text(ARTICLES[of_article], published=date(2025, 2, 1), language=of_article)
    telling = Telling(check(claimed, article, read(article)), Phrases.of(language))
    columns, rows, _ = terminal.table(telling)
    told = (
        "\n".join([" | ".join(columns), *(" | ".join(row) for row in rows), "", *terminal.lines(telling)[:-1]]) + "\n"
    )
    path = GOLDEN / f"{of_article}-in-{language}.txt"
    if "REWRITE" in os.environ:
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")
