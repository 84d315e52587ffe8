from pathlib import Path

import pytest

from wardbook.errors import SettingsError
from wardbook.settings import Settings, default_cache, load_settings


def load(folder: Path, flags: dict[str, object] | None = None, **environ: str) -> Settings:
    return load_settings(flags, environ, folder)


def test_flags_win_over_environment_over_file_over_default(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings()
    (tmp_path / "wardbook.toml").write_text('corpus = "from-file"\nindex = "from-file"\nmodel = "from-file"\nk = 3\n')
    found = load(tmp_path, {"corpus": "from-flag", "k": None}, WARDBOOK_CORPUS="from-env", WARDBOOK_INDEX="from-env")
    assert (found.corpus, found.index, found.model) == (Path("from-flag"), Path("from-env"), "from-file")
    assert found.k == 3


@pytest.mark.parametrize(
    ("flags", "environ", "file", "words"),
    [
        ({"corpsu": "x"}, {}, "", "did you mean corpus"),
        ({}, {"WARDBOOK_INDXE": "x"}, "", "did you mean index"),
        ({}, {}, "zzz = 1", "known are cache"),
        ({}, {"WARDBOOK_PRECISION": "int4"}, "", "choose int8 or fp32"),
        ({}, {"WARDBOOK_K": "0"}, "", "from 1 to 100"),
        ({}, {"WARDBOOK_K": "many"}, "", "give it as int"),
        ({}, {}, "k = [1]", "give it as int"),
        ({}, {}, "corpus = true", "give it as Path"),
        ({}, {}, "corpus = 3", "give it as Path"),
        ({}, {}, "k = ", "is not TOML"),
        ({}, {"WARDBOOK_CONFIG": "none.toml"}, "", "no settings file"),
    ],
)
def test_what_is_wrong_is_named(
    tmp_path: Path, flags: dict[str, object], environ: dict[str, str], file: str, words: str
) -> None:
    (tmp_path / "wardbook.toml").write_text(file)
    with pytest.raises(SettingsError) as refusal:
        load(tmp_path, flags, **environ)
    assert words in str(refusal.value)


def test_another_file_can_be_named_and_the_service_keeps_its_own(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text("k = 5")
    found = load(tmp_path, WARDBOOK_CONFIG=str(tmp_path / "site.toml"), WARDBOOK_SERVER_QUEUE="7", OTHER="x")
    assert found.k == 5


def test_the_cache_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert default_cache() == Path("/somewhere/wardbook")
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_cache() == Path.home() / ".cache" / "wardbook"
