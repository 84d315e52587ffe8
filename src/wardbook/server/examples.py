"""Questions to begin with, made from what the pages hold."""

from typing import Any

from wardbook.server.protocol import Assistant

_MOST = 5


def examples(assistant: Assistant, pages: list[dict[str, Any]]) -> list[str]:
    """Give a few questions that these pages answer: doses first, then what pages are about."""
    asked: list[str] = []
    drugs: set[str] = set()
    for regimen in assistant.regimens():
        indication, drug = str(regimen.get("indication") or ""), str(regimen["drug"])
        if drug in drugs or not 2 < len(indication) <= 40 or regimen.get("unparsed"):
            continue
        drugs.add(drug)
        shape = ("{} dose for {}?", "How long is {} given for {}?", "Maximum {} in {}?")[len(asked) % 3]
        asked.append(shape.format(drug, indication))
        if len(asked) == _MOST - 2:
            break
    titles = [str(page["title"]) for page in pages if len(str(page["title"])) <= 60]
    step = max(1, len(titles) // _MOST)
    return (asked + [f"What is {title}?" for title in titles[::step]])[:_MOST]
