/** Starting the server, and installing it where the user agrees to. */

import { commands, env, type LogOutputChannel, type Memento, ProgressLocation, window } from "vscode";
import { type Environment, findPython } from "./environment";
import { RunError } from "./running";
import type { Server } from "./server";
import * as settings from "./settings";

const DECLINED = "declined";
const DEFAULT = "feedback-lint[lsp]";

/** The command that shows where programs are set: where the extension runs elsewhere, it is not among the user's settings. */
function openSettings(): string {
  return `workbench.action.open${env.remoteName === undefined ? "" : "Remote"}Settings`;
}

/** Asks once; who said no finds the way back in the status bar. */
export class Installer {
  private isBusy = false;

  constructor(
    private readonly server: Server,
    private readonly own: Environment,
    private readonly output: LogOutputChannel,
    private readonly storage: string,
    private readonly memory: Memento,
  ) {}

  /** Starts the server anew; where there is none, offers to install it. */
  async start(): Promise<void> {
    if (this.isBusy) return;
    await this.server.restart();
    if (this.server.health === "failed") await this.tellOfFailure();
    if (this.server.health === "missing" && !this.memory.get(DECLINED)) await this.offer();
  }

  /** Installs the server into the extension's own environment, and starts it. */
  async install(): Promise<void> {
    if (this.isBusy) return this.output.show();
    this.isBusy = true;
    try {
      await this.server.stop();
      this.server.note("installing");
      await this.fetch();
      await this.memory.update(DECLINED, undefined);
    } catch (error) {
      void this.tell(`feedback-lint was not installed: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      this.isBusy = false;
      await this.server.restart();
    }
  }

  private async offer(): Promise<void> {
    const question = `feedback-lint is not installed. Shall this extension install it, in an environment of its own?`;
    const detail = `pip will download “${this.requirement}” and what it needs, some 500 MB on the disk.`;
    const yes = "Install";
    const named = "I Have It";
    const no = "Not Now";
    const answer = await window.showInformationMessage(`${question} ${detail}`, yes, named, no);
    if (answer === yes) return this.install();
    await this.memory.update(DECLINED, true);
    if (answer === named) await commands.executeCommand(openSettings(), { query: "feedbackLint.path" });
  }

  private get requirement(): string {
    return settings.text("requirement") ?? DEFAULT;
  }

  private async fetch(): Promise<void> {
    const options = { location: ProgressLocation.Notification, title: "Installing feedback-lint", cancellable: true };
    await window.withProgress(options, async (progress, token) => {
      const python = await findPython(settings.text("python") ?? "", this.storage);
      if (python === undefined) {
        throw new RunError("there is no Python 3.11 or newer that can make environments. Install one, or name it in the setting feedbackLint.python.");
      }
      this.output.info(`Installing ${this.requirement} with ${python}`);
      const show = (line: string): void => {
        this.output.info(line);
        progress.report({ message: line.trim().slice(0, 60) });
      };
      await this.own.install(python, this.requirement, show, token);
    });
  }

  private tellOfFailure(): Promise<void> {
    return this.tell(`feedback-lint did not start: ${this.server.complaint}`);
  }

  private async tell(message: string): Promise<void> {
    const more = "Show Output";
    if ((await window.showErrorMessage(message, more)) === more) this.output.show();
  }
}
