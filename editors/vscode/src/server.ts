/** The language server: found, started, watched and stopped. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Disposable, EventEmitter, type LogOutputChannel, Uri, workspace } from "vscode";
import {
  CloseAction,
  DidChangeConfigurationNotification,
  ErrorAction,
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  State,
  vsdiag,
} from "vscode-languageclient/node";
import { DOCUMENTS, isExcluded } from "./documents";
import type { Environment } from "./environment";
import { findServer } from "./finding";
import { eachLine } from "./running";
import * as settings from "./settings";
import type { Health } from "./status";

// The server's command behind the lens above a mail; without this extension it shows a message.
const CHECKLIST = "feedbackLint.checklist";

const NO_FINDINGS: vsdiag.DocumentDiagnosticReport = { kind: vsdiag.DocumentDiagnosticReportKind.full, items: [] };
const NOT_RUNNING: Partial<Record<Health, string>> = {
  missing: "feedback-lint is not installed.",
  installing: "feedback-lint is still being installed.",
};
// The configuration of folders that are not trusted: what a file of theirs names, such as a model, may run programs.
// Overrides that are written in this way cannot be added to, so that nobody is offered to.
const NO_CONFIGURATION = "overrides = []\n";
// A program that fails says why on another stream than the one whose end is noticed; so long is waited for it, in ms.
const LAST_WORDS = 300;

/** A server that is not there, or does not answer; the message is a sentence. */
export class ServerError extends Error {}

/** One server for all documents. What it is asked to do is done in turn. */
export class Server implements Disposable {
  private readonly changed = new EventEmitter<Health>();
  private client: LanguageClient | undefined;
  private turn: Promise<void> = Promise.resolve();
  private known: Health = "stopped";
  private lastWords = "";
  private hasRun = false;
  private usual: ErrorHandler | undefined;
  private readonly noConfiguration: string;

  /** Fires when the server is no longer as it was. */
  readonly onDidChange = this.changed.event;

  /** Called with the document whose checklist somebody wants to see. */
  onChecklist: (uri: string) => Promise<void> = async () => {};

  constructor(
    private readonly output: LogOutputChannel,
    private readonly own: Environment,
    private readonly storage: string,
  ) {
    this.noConfiguration = join(storage, "untrusted.toml");
  }

  /** How it is. */
  get health(): Health {
    return this.known;
  }

  /** Why it could not be started, as far as it said so. */
  get complaint(): string {
    return this.lastWords;
  }

  /** Starts the server, or another one in its place. Never rejects: `health` tells what came of it. */
  restart(): Promise<void> {
    return this.inTurn(async () => {
      await this.end();
      await this.begin();
    });
  }

  /** Stops the server. */
  stop(): Promise<void> {
    return this.inTurn(() => this.end());
  }

  /** Tells how the server is while something else is done about it. */
  note(health: Health): void {
    this.known = health;
    this.changed.fire(health);
  }

  /** Asks the server. Rejects with a ServerError when it does not run, and as the client does when it cannot tell. */
  async ask<Answer>(method: string, params: unknown): Promise<Answer> {
    await this.turn;
    if (!this.client?.isRunning()) throw new ServerError(NOT_RUNNING[this.known] ?? "feedback-lint does not run.");
    return this.client.sendRequest<Answer>(method, params);
  }

  dispose(): void {
    void this.stop();
    this.changed.dispose();
  }

  private inTurn(task: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(task).catch((error: unknown) => {
      this.lastWords = this.lastWords || String(error instanceof Error ? error.message : error);
      this.output.error(this.lastWords);
      this.note("failed");
    });
    return this.turn;
  }

  private async begin(): Promise<void> {
    this.lastWords = "";
    this.note("starting");
    const program = await findServer(this.own);
    if (program === undefined) return this.note("missing");
    await writeFile(this.noConfiguration, NO_CONFIGURATION);
    this.output.info(`Starting ${program} lsp`);
    const run = { command: program, args: ["lsp"], options: { cwd: this.storage } };
    const client = new LanguageClient(settings.SECTION, "feedback-lint", run, this.options());
    this.client = client;
    this.hasRun = false;
    this.usual = client.createDefaultErrorHandler();
    const failed = new Promise<never>((_, reject) => {
      client.onDidChangeState(({ newState }) => {
        this.follow(newState);
        if (newState === State.StartFailed || newState === State.Stopped) reject(new ServerError("it ended at once"));
      });
    });
    try {
      await Promise.race([client.start(), failed]);
    } catch (error) {
      await setTimeout(LAST_WORDS);
      throw error;
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.dispose().catch(() => {}); // one that never ran cannot be stopped
    this.note("stopped");
  }

  private follow(state: State): void {
    this.hasRun ||= state === State.Running;
    if (state === State.Running) this.note("ready");
    else if (state === State.Starting) this.note("starting");
    else if (this.client) this.note("failed");
  }

  private async tellOfChange(): Promise<void> {
    await this.client?.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  }

  private options(): LanguageClientOptions & { stdioOptions: object } {
    const loading = new Set<string | number>();
    return {
      documentSelector: DOCUMENTS,
      outputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // What holds until the server has asked for the settings of a document.
      initializationOptions: workspace.isTrusted ? {} : { config: this.noConfiguration },
      synchronize: { configurationSection: settings.SECTION },
      initializationFailedHandler: () => false, // `begin` tells of it
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }), // if it is the end, `closed` follows
        closed: () =>
          this.hasRun && this.usual ? this.usual.closed() : { action: CloseAction.DoNotRestart, handled: true },
      },
      stdioOptions: {
        stdout: () => {}, // it is the protocol's
        stderr: (stream: NodeJS.ReadableStream) =>
          eachLine(stream, (line) => {
            this.lastWords = line.trim() || this.lastWords;
            this.output.info(line);
          }),
      },
      middleware: {
        provideDiagnostics: (document, previous, token, next) =>
          isExcluded(document) ? NO_FINDINGS : next(document, previous, token),
        provideCodeLenses: (document, token, next) => (isExcluded(document) ? [] : next(document, token)),
        executeCommand: (command, args, next) =>
          command === CHECKLIST ? this.onChecklist(String(args[0])) : next(command, args),
        handleWorkDoneProgress: (token, params) => {
          if (params.kind === "begin") loading.add(token);
          if (params.kind === "end") loading.delete(token);
          this.note(loading.size ? "loading" : "ready");
        },
        workspace: {
          // The server asks for those of each document, and must not be sent what is for the extension only.
          didChangeConfiguration: () => this.tellOfChange(),
          configuration: ({ items }) =>
            items.map(({ scopeUri }) =>
              settings.forServer(this.noConfiguration, scopeUri === undefined ? undefined : Uri.parse(scopeUri)),
            ),
        },
      },
    };
  }
}
