/** The item in the status bar. */

import { type Disposable, StatusBarAlignment, ThemeColor, window } from "vscode";
import { isChecked } from "./documents";

/** How the server is. `loading`: it runs, but has no model yet. */
export type Health = "missing" | "installing" | "starting" | "loading" | "ready" | "failed" | "stopped";

const SHOWN: Record<Health, { icon: string; tooltip: string; command?: string }> = {
  missing: { icon: "circle-slash", tooltip: "feedback-lint is not installed. Click to install it.", command: "install" },
  installing: { icon: "loading~spin", tooltip: "feedback-lint is being installed.", command: "showOutput" },
  starting: { icon: "loading~spin", tooltip: "feedback-lint is starting.", command: "showOutput" },
  loading: { icon: "loading~spin", tooltip: "feedback-lint is loading its model.", command: "showOutput" },
  ready: { icon: "mail", tooltip: "Check this mail before sending it", command: "checkBeforeSending" },
  failed: { icon: "error", tooltip: "feedback-lint could not be started. Click to see why.", command: "showOutput" },
  stopped: { icon: "circle-slash", tooltip: "feedback-lint has stopped. Click to start it again.", command: "restart" },
};

/** Shows how the server is while a document is open that it checks. */
export class Status implements Disposable {
  private readonly item = window.createStatusBarItem("feedbackLint.status", StatusBarAlignment.Right, 100);
  private readonly listening = window.onDidChangeActiveTextEditor(() => this.showOrHide());

  constructor() {
    this.item.name = "feedback-lint";
    this.show("starting");
  }

  /** Tells how the server is now. */
  show(health: Health): void {
    const { icon, tooltip, command } = SHOWN[health];
    this.item.text = `$(${icon}) feedback-lint`;
    this.item.tooltip = tooltip;
    this.item.command = command && `feedbackLint.${command}`;
    this.item.backgroundColor = health === "failed" ? new ThemeColor("statusBarItem.errorBackground") : undefined;
    this.showOrHide();
  }

  dispose(): void {
    this.listening.dispose();
    this.item.dispose();
  }

  private showOrHide(): void {
    const editor = window.activeTextEditor;
    if (editor && isChecked(editor.document)) this.item.show();
    else this.item.hide();
  }
}
