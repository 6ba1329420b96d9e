/** The command “Check before sending”. */

import { randomBytes } from "node:crypto";
import {
  commands,
  type Disposable,
  env,
  ProgressLocation,
  Selection,
  type TextDocument,
  TextEditorRevealType,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import { isChecked } from "./documents";
import { sendable } from "./mail";
import { page } from "./page";
import { type Report, stopping } from "./report";
import { type Server, ServerError } from "./server";
import { failOn, type FailOn } from "./settings";

const REQUEST = "feedbackLint/report";

/** A document and what was said of it. */
interface Checked {
  readonly document: TextDocument;
  readonly version: number;
  readonly report: Report;
  readonly failOn: FailOn;
  readonly isCopied: boolean;
}

/** Checks the mail in the editor, and shows what comes of it beside the editor. */
export class Sending implements Disposable {
  private readonly listening: Disposable;
  private panel: WebviewPanel | undefined;
  private checked: Checked | undefined;

  constructor(private readonly server: Server) {
    this.listening = workspace.onDidChangeTextDocument(({ document }) => {
      if (document === this.checked?.document) this.show();
    });
  }

  /** Checks the document of the active editor, and puts its text on the clipboard if nothing stands in the way. */
  async checkActive(): Promise<void> {
    const document = window.activeTextEditor?.document;
    if (!document) return void window.showInformationMessage("Open the mail that you want to send first.");
    if (!isChecked(document)) {
      const message = "feedback-lint reads plain text, Markdown, HTML, emails and templates of them, and this is none.";
      return void window.showWarningMessage(message);
    }
    await this.check(document);
  }

  dispose(): void {
    this.listening.dispose();
    this.panel?.dispose();
  }

  private async check(document: TextDocument): Promise<void> {
    try {
      const { version, report } = await this.ask(document);
      const level = failOn(document.uri) ?? report.failOn;
      const isClean = stopping(report, level).length === 0;
      if (isClean) await env.clipboard.writeText(sendable(document.getText()));
      this.checked = { document, version, report, failOn: level, isCopied: isClean };
      this.show();
    } catch (error) {
      await this.explain(error);
    }
  }

  /** What the server says of the document as it is; asked again as long as it is changed meanwhile. */
  private async ask(document: TextDocument): Promise<{ version: number; report: Report }> {
    const options = { location: ProgressLocation.Window, title: "Checking the mail" };
    return window.withProgress(options, async () => {
      for (;;) {
        const { version } = document;
        const params = { textDocument: { uri: document.uri.toString() } };
        const report = await this.server.ask<Report>(REQUEST, params);
        if (document.version === version) return { version, report };
      }
    });
  }

  private async explain(error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof ServerError)) return void window.showErrorMessage(`The mail was not checked: ${message}`);
    if (this.server.health === "missing") return void commands.executeCommand("feedbackLint.install");
    const again = "Restart";
    if ((await window.showErrorMessage(`The mail was not checked: ${message}`, again)) === again) {
      await commands.executeCommand("feedbackLint.restart");
    }
  }

  private show(): void {
    if (!this.checked) return;
    const { document, version, ...said } = this.checked;
    const panel = (this.panel ??= this.opened());
    const shown = { ...said, isStale: document.version !== version };
    panel.webview.html = page(shown, randomBytes(16).toString("base64url"));
    if (!panel.visible) panel.reveal(undefined, true);
  }

  private opened(): WebviewPanel {
    const place = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const panel = window.createWebviewPanel("feedbackLint.sending", "Check before sending", place, { enableScripts: true });
    panel.webview.onDidReceiveMessage((message: { do: string; line?: string }) => this.act(message));
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.checked = undefined;
    });
    return panel;
  }

  private async act(message: { do: string; line?: string }): Promise<void> {
    if (!this.checked) return;
    const { document, version } = this.checked;
    if (message.do === "check") await this.check(document);
    if (message.do === "show") await this.goTo(document, Number(message.line));
    if (message.do === "copy" && document.version === version) {
      await env.clipboard.writeText(sendable(document.getText()));
      this.checked = { ...this.checked, isCopied: true };
      this.show();
    }
  }

  private async goTo(document: TextDocument, line: number): Promise<void> {
    const editor = await window.showTextDocument(document, { viewColumn: ViewColumn.One, preview: false });
    const range = document.lineAt(Math.min(Math.max(line, 1), document.lineCount) - 1).range;
    editor.selection = new Selection(range.start, range.start);
    editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
