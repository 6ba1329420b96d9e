/** The extension: what is made when it starts, and its commands. */

import { mkdir } from "node:fs/promises";
import { commands, type ExtensionContext, window, workspace } from "vscode";
import { Environment } from "./environment";
import { Installer } from "./installing";
import { Sending } from "./sending";
import { Server } from "./server";
import { changesServer } from "./settings";
import { Status } from "./status";

let server: Server | undefined;

/** Starts the server, and offers to install one where there is none. */
export async function activate(context: ExtensionContext): Promise<void> {
  const storage = context.globalStorageUri.fsPath;
  await mkdir(storage, { recursive: true });
  const output = window.createOutputChannel("feedback-lint", { log: true });
  const own = new Environment(storage);
  const started = (server = new Server(output, own, storage));
  const status = new Status();
  const installer = new Installer(started, own, output, storage, context.globalState);
  const sending = new Sending(started);
  started.onChecklist = (uri) => sending.look(uri);
  context.subscriptions.push(
    output,
    status,
    sending,
    started,
    started.onDidChange((health) => status.show(health)),
    commands.registerCommand("feedbackLint.checkBeforeSending", () => sending.checkActive()),
    commands.registerCommand("feedbackLint.install", () => installer.install()),
    commands.registerCommand("feedbackLint.restart", () => installer.start()),
    commands.registerCommand("feedbackLint.showOutput", () => output.show()),
    workspace.onDidChangeConfiguration((change) => changesServer(change) && void installer.start()),
    workspace.onDidGrantWorkspaceTrust(() => void installer.start()),
  );
  void installer.start();
}

/** Stops the server. */
export async function deactivate(): Promise<void> {
  await server?.stop();
}
