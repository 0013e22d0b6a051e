"""What a change or a share is measured in where the sentence speaks of notices and of individuals."""

import pytest
from claimed import sentence

CHANGES = {
    "individuals": [
        "Breaches were up 60% from 2023 in records.",
        "In 2024, breaches were up 60% in records compared with 2023.",
        "In 2024, the number of records exposed in breaches rose 60% from 2023.",
        "In 2024 breaches rose 60% over 2023 by individuals affected.",
        "In terms of individuals affected, breaches rose 60% in 2024 from 2023.",
        "In 2024, 60% more records were exposed in breaches than in 2023.",
        "Individuals affected by breaches rose 60% in 2024 from 2023.",
        "Breaches doubled in records in 2024 compared with 2023.",
        "2024年数据泄露受影响人数比2023年增长60%。",
        "按受影响人数计，2024年数据泄露较2023年增长60%。",
        "2024年数据泄露事件涉及的记录数较2023年增长60%。",
        "Measured by individuals, hacking incidents accounted for 60% of breaches in 2024.",
        "2024年按人数计算，黑客攻击占60%。",
    ],
    "notices": [
        "Breaches rose 60% in 2024 from 2023.",
        "In 2024, breaches affecting individuals rose 60% from 2023.",
        "In 2024, breaches rose 60% from 2023, exposing records.",
        "Hacking accounted for 60% of breaches in 2024.",
        "2024年数据泄露事件比2023年增长60%。",
        "2024年影响众多患者的数据泄露事件比2023年增长60%。",
    ],
}


@pytest.mark.parametrize(("measure", "text"), [(measure, text) for measure, texts in CHANGES.items() for text in texts])
def test_the_measure_named_in_the_sentence_wins(measure: str, text: str) -> None:
    [claim] = sentence(text).claims
    assert claim.question.measures == (measure,)
    assert claim.whole is not None
    assert claim.whole.measures == (measure,)


def test_two_figures_have_each_their_own() -> None:
    told = sentence("2024年，数据泄露事件数量较2023年上升60%，受影响人数下降5%。").claims
    assert [claim.question.measures for claim in told] == [("notices",), ("individuals",)]
