"""Pages that take themselves back, and pages that only speak of others that were."""

import pytest

from wardbook.corpus.reading import read_document


def retired(text: str, page: str = "fever") -> str | None:
    return read_document(text.encode(), page).metadata.retired


@pytest.mark.parametrize(
    "text",
    [
        "---\nstatus: WITHDRAWN 2024-11-04\n---\n# Fever\n\nText.\n",
        '---\nreplaced_by: "[[Fever 2025]]"\n---\n# Fever\n\nText.\n',
        "---\ntags: [fever, archived]\n---\n# Fever\n\nText.\n",
        "# Fever (SUPERSEDED)\n\nText.\n",
        "# OBSOLETE - Fever\n\nText.\n",
        "# Fever (withdrawn May 2024)\n\nText.\n",
        "# Fever\n\n**Superseded by [[Fever 2025]] on 1 May 2025.**\n\nText.\n",
        "# Fever\n\n> [!failure] Old\n> Replaced by [[Fever 2025]]. Kept for audit.\n\nText.\n",
        "# Fever\n\nThis protocol has been withdrawn. Ring the pharmacist.\n",
        "# Fever\n\nOUTDATED. Do not use.\n",
    ],
)
def test_a_page_that_no_longer_holds_says_so(text: str) -> None:
    assert retired(text)


@pytest.mark.parametrize(
    "text",
    [
        "---\nstatus: approved\nreplaced_by:\n---\n# Fever\n\nText.\n",
        "# Fever\n\nSupersedes version 2 of this page.\n",
        "# Fever\n\nReplaces the 2019 protocol.\n",
        "# Withdrawn patients and fever\n\nText.\n",
        "# Fever\n\nReplaced volume: 1 L. Text.\n",
        "# Fever\n\nText.\n\n## Old scheme\n\nThis protocol has been withdrawn.\n",
        "# Line care\n\nDo not use a syringe under 10 mL.\n",
        "# Zelovir\n\nDo not use for patients with porphyria.\n",
        "# Zelovir\n\nDo not use this guideline for children under 1 year.\n",
        "---\nsuperseded_by: none\n---\n# Fever\n\nText.\n",
        "---\nstatus: Expired review date, in use\n---\n# Fever\n\nText.\n",
        "# Drugs we do not use with linezolid\n\nText.\n",
        "# Platelets (replaced within 2 h)\n\nText.\n",
        "# Blood (expired bags)\n\nText.\n",
        "# Fever\n\n> Note: Replaced by zelovir in marrow induction.\n\nText.\n",
    ],
)
def test_a_page_that_replaces_another_holds(text: str) -> None:
    assert retired(text) is None


def test_a_folder_for_what_is_kept_retires_its_pages() -> None:
    assert retired("# Fever\n\nText.\n", "archive/fever") == "folder: archive"
    assert retired("# Fever\n\nText.\n", "gold/fever") is None
