"""The files that tell Thunderbird how to start the host of its add-on: a manifest, and the launcher that it names."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from feedback_lint.files import write_file
from feedback_lint.native_host import PROTOCOL, CutError, TooLongError, read_message, write_message

# What the add-on calls its host, and what Thunderbird calls the add-on.
NAME = "feedback_lint"
ADD_ON = "thunderbird@feedback-lint"
_REGISTRY_KEY = rf"Software\Mozilla\NativeMessagingHosts\{NAME}"
_MARK = "Written by “feedback-lint native-host install”. Thunderbird starts this."
# Starting it takes no model, so this is plenty.
_MOST_SECONDS = 20


class ManifestError(Exception):
    """The files cannot be written or removed; the message is one plain sentence."""


@dataclass(frozen=True)
class Places:
    """Where the two files lie."""

    manifest: Path
    launcher: Path

    @classmethod
    def of_user(cls) -> Places:
        """Where Thunderbird looks for them, for the user who runs this."""
        ours = user_data_path("feedback-lint", appauthor=False)
        if sys.platform == "win32":
            return cls(ours / f"{NAME}.json", ours / "native-host.bat")
        if sys.platform == "darwin":
            folder = Path.home() / "Library/Application Support/Mozilla/NativeMessagingHosts"
        else:
            folder = Path.home() / ".mozilla/native-messaging-hosts"
        return cls(folder / f"{NAME}.json", ours / "native-host")


def install(places: Places, python: str = sys.executable) -> None:
    """Write both files, so that Thunderbird starts feedback-lint with this Python. Raises ManifestError."""
    if _exists(places.manifest) and not _is_our_manifest(places):
        raise ManifestError(f"{places.manifest} is there already, and not ours: move it away first.")
    if _exists(places.launcher) and not _is_our_launcher(places.launcher):
        raise ManifestError(f"{places.launcher} is there already, and not ours: move it away first.")
    manifest = {
        "name": NAME,
        "description": "Checks a request for interview feedback before it is sent",
        "path": str(places.launcher),
        "type": "stdio",
        "allowed_extensions": [ADD_ON],
    }
    try:
        for path in (places.launcher, places.manifest):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_file(places.launcher, os.fsencode(_launcher(python)))
        places.launcher.chmod(0o755)
        write_file(places.manifest, f"{json.dumps(manifest, indent=2)}\n".encode())
        _register(places.manifest)
    except OSError as error:
        raise ManifestError(f"{error.filename or places.manifest} cannot be written: {error.strerror}.") from error


def uninstall(places: Places) -> tuple[Path, ...]:
    """Remove what is ours of both files; returns what was removed. Raises ManifestError."""
    ours = [path for path in (places.manifest,) if _is_our_manifest(places)]
    ours += [path for path in (places.launcher,) if _is_our_launcher(path)]
    try:
        if places.manifest in ours:
            _unregister(places.manifest)
        for path in ours:
            path.unlink()
    except OSError as error:
        raise ManifestError(f"{error.filename or places.manifest} cannot be removed: {error.strerror}.") from error
    return tuple(ours)


def problem(places: Places) -> str:
    """What keeps Thunderbird from starting the host, in a sentence; nothing where it starts and answers."""
    if not _exists(places.manifest):
        return f"It is not installed: there is no {places.manifest}."
    if not _is_our_manifest(places):
        return f"{places.manifest} is not ours, or broken."
    if not _is_registered(places.manifest):
        return "The registry does not name the manifest."
    if not _exists(places.launcher):
        return f"There is no {places.launcher}, which the manifest names."
    return _problem_of_start(places.launcher)


def _problem_of_start(launcher: Path) -> str:
    """What happens instead of an answer when the launcher is started and greeted."""
    greeting = io.BytesIO()
    write_message(greeting, {"id": 1, "protocol": PROTOCOL, "type": "hello"})
    try:
        done = subprocess.run(  # noqa: S603 (our own launcher)
            [str(launcher)], input=greeting.getvalue(), capture_output=True, timeout=_MOST_SECONDS, check=False
        )
        answer = read_message(io.BytesIO(done.stdout))
        kind = json.loads(answer)["type"] if answer else None
    except OSError as error:
        return f"{launcher} cannot be started: {error.strerror}."
    except subprocess.TimeoutExpired:
        return f"{launcher} does not answer."
    except (CutError, TooLongError, ValueError, LookupError, TypeError):
        kind = None
    if kind == "ready":
        return ""
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return f"{launcher} does not start feedback-lint{': ' + said[-1] if said else ''}."


def _launcher(python: str) -> str:
    """A script that starts the host, whatever Thunderbird passes to it and from wherever."""
    if sys.platform == "win32":
        command = '"' + python.replace("%", "%%") + '"'
        lines = ["@echo off", "chcp 65001 >nul", f"rem {_MARK}", f"{command} -P -m feedback_lint native-host run", ""]
        return "\r\n".join(lines)
    return f"#!/bin/sh\n# {_MARK}\nexec {shlex.quote(python)} -P -m feedback_lint native-host run\n"


def _exists(path: Path) -> bool:
    """Also true of a link that leads nowhere."""
    return os.path.lexists(path)


def _is_our_launcher(path: Path) -> bool:
    try:
        return _MARK.encode() in path.read_bytes()
    except OSError:
        return False


def _is_our_manifest(places: Places) -> bool:
    """Whether the manifest names our add-on and our launcher."""
    try:
        found = json.loads(places.manifest.read_bytes())
        return bool(found["path"] == str(places.launcher) and found["allowed_extensions"] == [ADD_ON])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return False


def _register(manifest: Path) -> None:
    """Windows looks manifests up in the registry, other systems in a folder. Raises OSError."""
    if sys.platform == "win32":
        import winreg

        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _REGISTRY_KEY) as key:
            winreg.SetValueEx(key, "", 0, winreg.REG_SZ, str(manifest))


def _is_registered(manifest: Path) -> bool:
    if sys.platform == "win32":
        import winreg

        try:
            return winreg.QueryValue(winreg.HKEY_CURRENT_USER, _REGISTRY_KEY) == str(manifest)
        except OSError:
            return False
    return True


def _unregister(manifest: Path) -> None:
    """Raises OSError."""
    if sys.platform == "win32" and _is_registered(manifest):
        import winreg

        winreg.DeleteKey(winreg.HKEY_CURRENT_USER, _REGISTRY_KEY)
