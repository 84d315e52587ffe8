"""Words of questions beside the audit trail: encrypted, for a time, and only if the site says so."""

from pathlib import Path

import pytest

from server.service_fake import FakeAssistant
from server.service_running import open_client
from wardbook.errors import SettingsError
from wardbook.server import audit
from wardbook.server.app import create_app
from wardbook.server.audit_text import new_key
from wardbook.server.service import expire
from wardbook.server.settings import ServerSettings


@pytest.fixture
def kept(settings: ServerSettings, tmp_path: Path) -> ServerSettings:
    key = tmp_path / "text.key"
    key.write_text(new_key())
    return settings.model_copy(update={"audit_text": True, "audit_text_key": key})


def asked(fake: FakeAssistant, settings: ServerSettings, *questions: str) -> None:
    with open_client(fake, settings) as client:
        for question in questions:
            assert client.post("/v1/ask", json={"question": question}).status_code == 200


def words(settings: ServerSettings) -> list[str]:
    return [event["question"] for event in audit.export(settings, words=True) if "question" in event]


def test_words_are_kept_only_if_the_site_says_so(fake: FakeAssistant, kept: ServerSettings) -> None:
    asked(fake, kept.model_copy(update={"audit_text": False}), "rash in bed 3?")
    asked(fake, kept, "rash in bed 4?", "rash, €?")
    assert words(kept) == ["rash in bed 4?", "rash, €?"]
    assert all("question" not in event for event in audit.export(kept))
    assert [event["detail"] for event in audit.export(kept) if event["action"] == "export-audit"] == [
        {"words": True},
        {},
    ]


def test_without_the_key_nobody_reads_them_beside_the_trail(fake: FakeAssistant, kept: ServerSettings) -> None:
    asked(fake, kept, "Ottilie Krautwig, rash?")
    with audit.open_storage(kept).write() as session:
        found = session.connection().exec_driver_sql("SELECT detail FROM audit UNION SELECT token FROM audit_text")
        assert "Ottilie" not in str(found.fetchall())
    assert kept.audit_text_key is not None
    kept.audit_text_key.write_text(new_key())
    with pytest.raises(SettingsError, match="encrypted with another key: add the earlier key"):
        words(kept)


def test_a_key_is_changed_by_putting_another_before_it(fake: FakeAssistant, kept: ServerSettings) -> None:
    asked(fake, kept, "first?")
    assert kept.audit_text_key is not None
    earlier = kept.audit_text_key.read_text()
    kept.audit_text_key.write_text(f"{new_key()}\n{earlier}\n")
    asked(fake, kept, "second?")
    assert words(kept) == ["first?", "second?"]


@pytest.mark.parametrize("holds", [None, "", "nonsense", "nonsense\u00e4"])
def test_without_a_key_the_service_says_how_to_make_one(
    fake: FakeAssistant, settings: ServerSettings, tmp_path: Path, holds: str | None
) -> None:
    key = tmp_path / "text.key"
    if holds is not None:
        key.write_text(holds, encoding="utf-8")
    for path in (None, key):
        with pytest.raises(SettingsError, match="make one with `wardbook audit new-key > FILE`"):
            create_app(fake, settings.model_copy(update={"audit_text": True, "audit_text_key": path}))


def test_words_go_after_their_time_and_the_trail_stays_whole(fake: FakeAssistant, kept: ServerSettings) -> None:
    asked(fake, kept.model_copy(update={"keep_days": 0}), "old?", "new?")
    app = create_app(fake, kept)
    with app.state.service.storage.write() as session:
        session.connection().exec_driver_sql("UPDATE audit_text SET at = '2026-01-01T00:00:00Z' WHERE seq = 1")
    expire(app.state.service)
    assert words(kept) == ["new?"]
    assert audit.verify(kept).sound
    told = [event["detail"] for event in audit.export(kept) if event["action"] == "expire"]
    assert told == [{"answers": 0, "conversations": 0, "texts": 1}]
