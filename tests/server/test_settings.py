"""Settings, and the table that describes them."""

import re
from pathlib import Path

from pydantic_core import PydanticUndefined

from wardbook.server.settings import ServerSettings

_DOCUMENT = Path(__file__).parents[2] / "docs" / "service.md"


def test_the_documentation_names_every_setting_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]*) \|", _DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name, _ in rows] == list(ServerSettings.model_fields)
    for name, told in rows:
        default = ServerSettings.model_fields[name].default
        if default is PydanticUndefined:  # worked out from the machine, told in words
            assert told.strip()
        elif isinstance(default, bool | int | float) or (default and name != "state_dir"):
            shown = told.strip(" `").replace(",", "").lower()
            assert shown == (f"{default:g}" if isinstance(default, float) else str(default).lower()), name
