"""A real Thunderbird on a display of its own, with an account that sends to a server on this machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

ADD_ON = Path(__file__).parents[2] / "editors/thunderbird"
PROGRAMS = ("thunderbird", "Xvfb", "dbus-run-session")
_PREFERENCES: dict[str, object] = {
    "app.update.enabled": False,
    "app.donation.eoy.version.viewed": 999,
    "browser.shell.checkDefaultClient": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.autoDisableScopes": 0,
    "extensions.update.enabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.rights.version": 1,
    "mail.shell.checkDefaultClient": False,
    "mail.spotlight.firstRunDone": True,
    "mail.winsearch.firstRunDone": True,
    "mailnews.start_page.enabled": False,
    "mailnews.start_page_override.mstone": "ignore",
    "mail.SpellCheckBeforeSend": False,
    "mail.compose.attachment_reminder": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
    "xpinstall.signatures.required": False,
    "mail.accountmanager.accounts": "account1,account2",
    "mail.accountmanager.defaultaccount": "account2",
    "mail.accountmanager.localfoldersserver": "server1",
    "mail.account.account1.server": "server1",
    "mail.account.account2.server": "server2",
    "mail.account.account2.identities": "id1",
    "mail.server.server1.hostname": "Local Folders",
    "mail.server.server1.type": "none",
    "mail.server.server1.userName": "nobody",
    "mail.server.server2.hostname": "Sam",
    "mail.server.server2.type": "none",
    "mail.server.server2.userName": "sam",
    "mail.identity.id1.fullName": "Sam Porter",
    "mail.identity.id1.useremail": "sam@example.com",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.doFcc": False,
    "mail.identity.id1.valid": True,
    "mail.smtpservers": "smtp1",
    "mail.smtp.defaultserver": "smtp1",
    "mail.smtpserver.smtp1.hostname": "127.0.0.1",
    "mail.smtpserver.smtp1.authMethod": 1,
    "mail.smtpserver.smtp1.try_ssl": 0,
}
_OPEN = """
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const [to, subject, body, isPlainText, header] = arguments;
const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
fields.to = to;
fields.subject = subject;
fields.body = body;
if (header) fields.setHeader("X-Feedback-Lint", header);
const params = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
params.composeFields = fields;
params.type = Ci.nsIMsgCompType.New;
params.format = isPlainText ? Ci.nsIMsgCompFormat.PlainText : Ci.nsIMsgCompFormat.HTML;
params.identity = MailServices.accounts.allIdentities[0];
MailServices.compose.OpenComposeWindowWithParams(null, params);
"""
_CLIPBOARD = """
const wanted = Cc["@mozilla.org/widget/transferable;1"].createInstance(Ci.nsITransferable);
wanted.init(null);
wanted.addDataFlavor("text/plain");
Services.clipboard.getData(wanted, Services.clipboard.kGlobalClipboard);
const found = {};
try { wanted.getTransferData("text/plain", found); } catch { return ""; }
return found.value.QueryInterface(Ci.nsISupportsString).data;
"""
_OPTIONS = """
const { extension } = WebExtensionPolicy.getByID("thunderbird@feedback-lint");
const tabmail = Services.wm.getMostRecentWindow("mail:3pane").document.getElementById("tabmail");
tabmail.openTab("contentTab", {
  url: extension.baseURI.resolve("options/options.html"),
  triggeringPrincipal: extension.principal,
  linkHandler: "single-page",
});
"""
# Runs in the page of the add-on's window, which lives in another process.
_IN_PAGE = """
const [kind, script, resolve] = arguments;
const window = Services.wm.getMostRecentWindow(kind);
const browser = kind == "mail:3pane"
  ? window.document.getElementById("tabmail").getBrowserForSelectedTab()
  : window?.document.querySelector("browser[type=content]");
if (!browser?.messageManager) { resolve(null); return; }
const manager = browser.messageManager;
const name = `tried ${Math.random()}`;
manager.addMessageListener(name, ({ data }) => resolve(data));
window.setTimeout(() => resolve(null), 2000); // a page that is still loading does not answer
const source = `{
  const tried = (document) => { ${script} };
  let answer = null;
  try { answer = tried(content.document); } catch (error) { answer = { error: String(error) }; }
  sendAsyncMessage("${name}", answer);
}`;
manager.loadFrameScript("data:," + encodeURIComponent(source), false);
"""


class Sink:
    """Keeps what is sent to it."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """What aiosmtpd calls for each mail."""
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


class Thunderbird:
    """A running Thunderbird, driven through its own windows."""

    def __init__(self, marionette: Any, sink: Sink) -> None:
        self._marionette = marionette
        self.sink = sink

    def run(self, script: str, *args: object) -> Any:
        """Run a script with Thunderbird's own rights."""
        with self._marionette.using_context("chrome"):
            return self._marionette.execute_script(script, script_args=args, sandbox="system")

    def write(self, subject: str, body: str, *, is_plain_text: bool = True, header: str = "") -> None:
        """Open a window with a message, which may have an X-Feedback-Lint header."""
        self.run(_OPEN, "ann.osei@example.com", subject, body, is_plain_text, header)
        ready = 'return !!Services.wm.getMostRecentWindow("msgcompose")?.composeEditorReady'
        until(lambda: self.run(ready), "the message can be edited")

    def send(self) -> None:
        """Press Send."""
        self.run('Services.wm.getMostRecentWindow("msgcompose").goDoCommand("cmd_sendNow")')

    def is_writing(self) -> bool:
        """Whether the window with the message is there, and can be edited."""
        found = 'const w = Services.wm.getMostRecentWindow("msgcompose"); return !!w && !w.gWindowLocked'
        return bool(self.run(found))

    def in_question(self, script: str) -> Any:
        """Run a script in the window that asks whether to send; `None` where there is none."""
        return self._in_page("mail:extensionPopup", script)

    def _in_page(self, window: str, script: str) -> Any:
        with self._marionette.using_context("chrome"):
            return self._marionette.execute_async_script(_IN_PAGE, script_args=[window, script], sandbox="system")

    def question(self) -> str:
        """What the window that asks says, once it says something."""
        script = "return document.body?.dataset.shown ? document.body.innerText : null"
        return str(until(lambda: self.in_question(script), "a question"))

    def press(self, button: str) -> None:
        """Press a button of that window."""
        pressed = f"document.getElementById({json.dumps(button)}).click()"
        self.in_question(f"document.defaultView.setTimeout(() => {pressed}, 50)")  # it closes the window at once

    def clipboard(self) -> str:
        """The text on the clipboard."""
        return str(self.run(_CLIPBOARD))

    def choose(self, level: str) -> None:
        """Choose a level on the page of the add-on's preferences."""
        self._prefer(
            f"const level = document.getElementById('level'); level.value = '{level}';"
            "level.dispatchEvent(new document.defaultView.Event('change')); return level.value",
            level,
        )

    def check_everything(self, wished: bool) -> None:
        """Tick the box on that page, or clear it."""
        box = "document.getElementById('everything')"
        self._prefer(f"if ({box}.checked !== {json.dumps(wished)}) {box}.click(); return {box}.checked", wished)

    def _prefer(self, script: str, wanted: object) -> None:
        """Do something on the page of the add-on's preferences until it says what is wanted, and is saved."""
        self.run(_OPTIONS)
        shown = "if (!document.body?.dataset.shown) return null;"
        until(lambda: self._in_page("mail:3pane", shown + script) == wanted, "the preferences")
        saved = "return document.getElementById('told').textContent === 'Saved.'"
        until(lambda: self._in_page("mail:3pane", saved) is True, "a choice that was saved")
        self.run("Services.wm.getMostRecentWindow('mail:3pane').document.getElementById('tabmail').closeTab()")

    def close_messages(self) -> None:
        """Close all windows but the main one, without saving."""
        self.run(
            "for (const w of Services.wm.getEnumerator('msgcompose')) { w.gContentChanged = false; w.close(); }"
            "for (const w of Services.wm.getEnumerator('mail:extensionPopup')) w.close();"
        )
        until(lambda: not self.run("return !!Services.wm.getMostRecentWindow('msgcompose')"), "no message")


def until(holds: Callable[[], Any], what: str, seconds: float = 20) -> Any:
    """What `holds` gives as soon as it is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.1)
    raise AssertionError(f"{what}: not seen in {seconds} seconds")


def packed(target: Path) -> Path:
    """The add-on as a file."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(ADD_ON.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(ADD_ON))
    return target


@contextmanager
def thunderbird(folder: Path, **preferences: object) -> Iterator[Thunderbird]:
    """Thunderbird with the add-on and an empty home in `folder`."""
    from aiosmtpd.controller import Controller
    from marionette_driver.marionette import Marionette

    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=_free_port())
    controller.start()
    port = _free_port()
    profile = folder / "profile"
    (profile / "extensions").mkdir(parents=True)
    packed(profile / "extensions/thunderbird@feedback-lint.xpi")
    chosen = {**_PREFERENCES, "mail.smtpserver.smtp1.port": controller.port, "marionette.port": port, **preferences}
    for number in (1, 2):
        chosen[f"mail.server.server{number}.directory"] = str(folder / f"mail{number}")
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items())
    (profile / "user.js").write_text("".join(lines), encoding="utf-8")
    with _display() as display:
        environment = {
            **os.environ,
            "DISPLAY": display,
            "HOME": str(folder),
            "MOZ_REMOTE_ALLOW_SYSTEM_ACCESS": "1",
            "GDK_BACKEND": "x11",
        }
        command = ["dbus-run-session", "--", "thunderbird", "--marionette", "--remote-allow-system-access"]
        with (folder / "thunderbird.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, "--profile", str(profile)], env=environment, stdout=log, stderr=log, start_new_session=True
            )
        try:
            marionette = Marionette(host="127.0.0.1", port=port, socket_timeout=60)
            marionette.raise_for_port(timeout=60)
            marionette.start_session()
            marionette.timeout.script = 30
            yield Thunderbird(marionette, sink)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            controller.stop()


@contextmanager
def _display() -> Iterator[str]:
    """A display of its own."""
    readable, writable = os.pipe()
    command = ["Xvfb", "-displayfd", str(writable), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writable], stderr=subprocess.DEVNULL)
    os.close(writable)
    try:
        with os.fdopen(readable) as number:
            yield f":{number.readline().strip()}"
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def missing() -> str:
    """What of the programs is not here."""
    return ", ".join(name for name in PROGRAMS if shutil.which(name) is None)
