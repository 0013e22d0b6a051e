"""Renders recorded pages with Jinja, writes each to a file, and does nothing else: ``python bench/bare_pages.py RECORDED FOLDER``.

Prints what that took, as JSON; the reading of what was recorded is not counted.
"""

import json
import pickle
import sys
import time
from pathlib import Path

from breachtrail.web.page import templates


def main(recorded: str, folder: str) -> None:
    """Every file of recorded pages, one after the other."""
    target, seconds, processor, many = Path(folder), 0.0, 0.0, 0
    target.mkdir()
    for file in sorted(Path(recorded).glob("*.pages")):
        pages = pickle.loads(file.read_bytes())
        begun = time.perf_counter(), time.process_time()
        for name, template, language, values in pages:
            text = templates(language).get_template(template).render(values)
            (target / f"{file.stem}-{name}").write_bytes(text.encode())
        seconds, processor = seconds + time.perf_counter() - begun[0], processor + time.process_time() - begun[1]
        many += len(pages)
    print(json.dumps({"seconds": seconds, "processor": processor, "pages": many}))


if __name__ == "__main__":
    main(*sys.argv[1:])
