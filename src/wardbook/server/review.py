"""The audit trail in short, for whoever looks it through (`wardbook audit review`)."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

_REFUSED = {401: "not signed in", 403: "not allowed", 429: "too many requests", 503: "sent away or not recorded"}


def review(events: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Count events by action, user and outcome, and list what deserves a look."""
    actions, users, refused = Counter[str](), Counter[str](), Counter[str]()
    first, last, acts = "", "", []
    for event in events:
        first, last = first or event["at"], event["at"]
        actions[event["action"]] += 1
        users[event["user"]] += 1
        if event["outcome"] in _REFUSED:
            refused[f"{_REFUSED[event['outcome']]}: {event['user']} from {event['client']}"] += 1
        if event["user"] == "operator":
            acts.append(f"{event['at']} {event['action']}")
    return {
        "from": first,
        "to": last,
        "events": actions.total(),
        "by_action": dict(actions.most_common()),
        "by_user": dict(users.most_common()),
        "refused": dict(refused.most_common()),
        "operator_acts": acts,
    }


def in_words(told: dict[str, Any]) -> str:
    """Give the same for reading."""
    lines = [f"{told['events']:,} events, {told['from'] or 'none'} to {told['to'] or 'none'}"]
    for title, name in (("by action", "by_action"), ("by user", "by_user"), ("refused", "refused")):
        lines += [f"{title}:"] + [f"  {count:>8,}  {what}" for what, count in told[name].items()]
    return "\n".join([*lines, "acts on the command line:", *(f"  {act}" for act in told["operator_acts"])])
