/** The settings of the section `feedbackLint`. */

import { type Uri, workspace } from "vscode";
import { absolute } from "./programs";

export const SECTION = "feedbackLint";
const FOR_SERVER = ["stage", "mode", "select", "ignore", "reader", "rejectedOn", "model"] as const;
// A server that runs is of no use any more once one of these is changed.
const FOR_FINDING = ["path", "python", "requirement"] as const;

/** From which severity on findings stop a mail. */
export type FailOn = "error" | "warning" | "suggestion" | "never";

/** The setting, or `undefined` where it is empty. */
export function text(name: (typeof FOR_FINDING)[number]): string | undefined {
  return workspace.getConfiguration(SECTION).get<string>(name)?.trim() || undefined;
}

/** What stops a mail, if the user says so here; it is for the configuration file to say, otherwise. */
export function failOn(document: Uri): FailOn | undefined {
  return workspace.getConfiguration(SECTION, document).get<FailOn | null>("failOn") ?? undefined;
}

/** Patterns of files of which nothing is said unless somebody asks. */
export function excluded(document: Uri): readonly string[] {
  return workspace.getConfiguration(SECTION, document).get<string[]>("exclude") ?? [];
}

/**
 * The settings that the server knows, as they are for a document, or for all. In a folder that is not trusted, `instead`
 * is the configuration file, unless the user named another one.
 */
export function forServer(instead: string, document?: Uri): Record<string, unknown> {
  const all = workspace.getConfiguration(SECTION, document);
  const known = Object.fromEntries(FOR_SERVER.map((name) => [name, all.get(name)]));
  const named = all.get<string>("configFile")?.trim() ?? "";
  return { ...known, config: workspace.isTrusted ? configFile(named, document) : (ownFile(named) ?? instead) };
}

/** Whether a change of settings is one of where the server is. */
export function changesServer(change: { affectsConfiguration(section: string): boolean }): boolean {
  return FOR_FINDING.some((name) => change.affectsConfiguration(`${SECTION}.${name}`));
}

function ownFile(written: string): string | undefined {
  return written ? absolute(written, undefined) : undefined; // a relative path would lead into the folder
}

function configFile(written: string, document: Uri | undefined): string | null {
  const folder = (document && workspace.getWorkspaceFolder(document)) ?? workspace.workspaceFolders?.[0];
  return written ? (absolute(written, folder?.uri.fsPath) ?? written) : null;
}
