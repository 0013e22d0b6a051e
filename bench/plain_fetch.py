"""What plain httpx needs for the bytes of a sync: the page, the export, the other tab, its export; nothing is checked or kept.

python bench/plain_fetch.py PORTAL
"""

import re
import sys

import httpx

portal = sys.argv[1]
with httpx.Client(base_url=portal, follow_redirects=True) as client:
    page = client.get("breach_report_hip.jsf")
    state = re.search(r'ViewState:\d" value="([^"]+)"', page.text)[1]
    tabs = re.search(r'id="(ocrForm:j_idt\d+)_activeIndex"', page.text)[1]
    own = {"ocrForm": "ocrForm", "javax.faces.ViewState": state}

    def export(text: str, fields: dict[str, str]) -> bytes:
        link = re.search(r"\{'(ocrForm:j_idt\d+)':[^}]*\}[^>]*><img[^>]*csv\.png", text)[1]
        return client.post("breach_report_hip.jsf", data={**fields, link: link}).content

    found = [export(page.text, own)]
    shown = client.post(
        "breach_report_hip.jsf",
        headers={"Faces-Request": "partial/ajax"},
        data={
            "javax.faces.partial.ajax": "true",
            "javax.faces.source": tabs,
            "javax.faces.partial.execute": tabs,
            "javax.faces.partial.render": "ocrForm:breachReports ocrForm:results",
            "javax.faces.behavior.event": "tabChange",
            "javax.faces.partial.event": "tabChange",
            f"{tabs}_newTab": f"{tabs}:archiveTab",
            f"{tabs}_tabindex": "1",
            f"{tabs}_activeIndex": "1",
            **own,
        },
    )
    fresh = re.search(r"ViewState:\d\"><!\[CDATA\[([^\]]+)\]", shown.text)
    own["javax.faces.ViewState"] = fresh[1] if fresh else state
    found.append(export(shown.text, {**own, f"{tabs}_activeIndex": "1"}))
print(*(len(body) for body in found))
