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
import { LSPErrorCodes, ResponseError } from "vscode-languageclient/node";
import { isChecked } from "./documents";
import { sendable } from "./mail";
import { page } from "./page";
import { type Report, stopping } from "./report";
import { type Server, ServerError } from "./server";
import { failOn, type FailOn } from "./settings";
import type { Health } from "./status";

const REQUEST = "feedbackLint/report";
// Who types on while the mail is checked gets an answer about some state of it, which the page then calls out of date.
const MOST_TRIES = 9;
// What can be done about a server that does not run.
const REMEDIES: Partial<Record<Health, Record<string, string>>> = {
  missing: { "Install It": "feedbackLint.install" },
  failed: { "Restart": "feedbackLint.restart", "Show Output": "feedbackLint.showOutput" },
  stopped: { "Restart": "feedbackLint.restart" },
};

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
    await this.check(document, { copies: true });
  }

  /** Shows the checklist of an open document; nothing is copied. */
  async look(uri: string): Promise<void> {
    const document = workspace.textDocuments.find((open) => open.uri.toString() === uri);
    if (document) await this.check(document, { copies: false });
  }

  dispose(): void {
    this.listening.dispose();
    this.panel?.dispose();
  }

  private async check(document: TextDocument, { copies }: { copies: boolean }): Promise<void> {
    try {
      const { version, report } = await this.ask(document);
      const level = failOn(document.uri) ?? report.failOn;
      const isCopied = copies && document.version === version && stopping(report, level).length === 0;
      if (isCopied) await env.clipboard.writeText(sendable(document.getText()));
      this.checked = { document, version, report, failOn: level, isCopied };
      this.show();
    } catch (error) {
      await this.explain(error);
    }
  }

  /** What the server says of the document as it is; asked again as long as it is changed meanwhile. */
  private async ask(document: TextDocument): Promise<{ version: number; report: Report }> {
    const options = { location: ProgressLocation.Window, title: "Checking the mail" };
    return window.withProgress(options, async () => {
      const params = { textDocument: { uri: document.uri.toString() } };
      for (let left = MOST_TRIES; ; left--) {
        const { version } = document;
        try {
          const report = await this.server.ask<Report>(REQUEST, params);
          if (document.version === version || !left) return { version, report };
        } catch (error) {
          if (!left || !(error instanceof ResponseError) || error.code !== LSPErrorCodes.ContentModified) throw error;
        }
      }
    });
  }

  private async explain(error: unknown): Promise<void> {
    const why = error instanceof Error ? error.message : String(error);
    const offers: Record<string, string> = error instanceof ServerError ? REMEDIES[this.server.health] ?? {} : {};
    const answer = await window.showErrorMessage(`The mail was not checked: ${why}`, ...Object.keys(offers));
    const command = answer && offers[answer];
    if (command) await commands.executeCommand(command);
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
    if (message.do === "check") await this.check(document, { copies: true });
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
