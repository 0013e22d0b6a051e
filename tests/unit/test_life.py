from datetime import date

import pytest

from breachtrail.errors import QuestionError
from breachtrail.simulate.life import Life


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"revised": 1.5}, "revised is a share between 0 and 1"),
        ({"notices": 0}, "A register of 0 notices"),
        ({"snapshots": 0}, "0 snapshots"),
        ({"snapshots": [date(2026, 1, 2), date(2026, 1, 1)]}, "must follow each other"),
        ({"until": date(2009, 10, 21)}, "must be later"),
    ],
)
def test_what_no_register_can_be_is_refused(told, said) -> None:
    with pytest.raises(QuestionError, match=said):
        Life(**told)
