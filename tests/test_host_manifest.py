from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from feedback_lint import host_manifest, native_host
from feedback_lint.cli import cli
from feedback_lint.host_manifest import ADD_ON, NAME, ManifestError, Places, install, problem, uninstall

EXTENSION = Path(__file__).parents[1] / "editors/thunderbird"


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """Those of a user with an empty home whose name has a space and a quote in it."""
    home = tmp_path / "Sam's home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    return Places.of_user()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_add_on_and_program_use_the_same_names() -> None:
    manifest = json.loads((EXTENSION / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["browser_specific_settings"]["gecko"]["id"] == ADD_ON
    host = (EXTENSION / "host.js").read_text(encoding="utf-8")
    assert f'const NAME = "{NAME}";' in host
    assert f"const PROTOCOL = {native_host.PROTOCOL};" in host


def test_manifest_says_what_thunderbird_asks_for(places: Places) -> None:
    install(places)
    manifest = json.loads(places.manifest.read_text(encoding="utf-8"))
    assert (manifest["name"], manifest["type"], manifest["allowed_extensions"]) == (NAME, "stdio", [ADD_ON])
    assert Path(manifest["path"]).is_absolute()
    assert os.access(manifest["path"], os.X_OK)


def test_installed_program_starts_and_answers_from_anywhere(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(places)
    trap = tmp_path / "elsewhere"
    trap.mkdir()
    (trap / "feedback_lint.py").write_text("raise SystemExit(1)", encoding="utf-8")
    monkeypatch.chdir(trap)
    assert problem(places) == ""


def test_install_twice_is_the_same_and_uninstall_leaves_nothing(places: Places) -> None:
    install(places)
    once = contents(Path.home())
    install(places)
    assert contents(Path.home()) == once
    assert set(uninstall(places)) == {places.manifest, places.launcher}
    assert contents(Path.home()) == {}
    assert uninstall(places) == ()


def test_what_is_not_ours_stays(places: Places) -> None:
    for path in (places.manifest, places.launcher):
        path.parent.mkdir(parents=True)
        path.write_text('{"path": "/usr/bin/other", "allowed_extensions": ["thunderbird@feedback-lint"]}')
    before = contents(Path.home())
    with pytest.raises(ManifestError, match="not ours"):
        install(places)
    assert uninstall(places) == ()
    assert "not ours" in problem(places)
    assert contents(Path.home()) == before


@pytest.mark.parametrize("garbage", ["", "[]", "{", "null", '{"path": 1}', "[" * 9999])
def test_broken_manifest_is_not_ours(places: Places, garbage: str) -> None:
    install(places)
    places.manifest.write_text(garbage, encoding="utf-8")
    assert "not ours, or broken" in problem(places)
    assert uninstall(places) == (places.launcher,)


def test_status_tells_what_is_wrong(places: Places) -> None:
    assert "not installed" in problem(places)
    install(places, python="/no/such/python")
    assert "/no/such/python" in problem(places)
    install(places, python="/bin/true")
    assert "does not start feedback-lint" in problem(places)
    places.launcher.chmod(0o644)
    assert "cannot be started: Permission denied" in problem(places)
    places.launcher.unlink()
    assert str(places.launcher) in problem(places)


def test_program_that_does_not_answer(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_manifest, "_MOST_SECONDS", 0.2)
    install(places)
    places.launcher.write_text("#!/bin/sh\nexec sleep 5\n", encoding="utf-8")
    assert "does not answer" in problem(places)


def test_files_that_cannot_be_written_are_told(places: Places) -> None:
    (Path.home() / ".local").write_text("a file", encoding="utf-8")
    with pytest.raises(ManifestError, match="cannot be written"):
        install(places)
    assert not places.manifest.exists()


def test_only_the_owner_may_write(places: Places) -> None:
    install(places)
    for path in (places.manifest, places.launcher):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o022


def test_commands(places: Places) -> None:
    def run(command: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, ["native-host", command])
        return result.exit_code, result.output

    assert run("status")[0] == 1
    status, said = run("install")
    assert (status, str(places.manifest) in said) == (0, True)
    assert run("status") == (0, f"Thunderbird can start feedback-lint: {places.manifest}\n")
    assert run("uninstall")[1].count("Removed: ") == 2
    assert run("uninstall") == (0, "There was nothing to remove.\n")
    places.manifest.write_text("{}", encoding="utf-8")
    result = CliRunner().invoke(cli, ["native-host", "install"])
    assert result.exit_code != 0
    assert str(places.manifest) in result.output
