/** Where the server is. */

import { extensions, type Uri, window, workspace } from "vscode";
import type { Environment } from "./environment";
import { absolute, besidePython, isProgram, onPath } from "./programs";
import * as settings from "./settings";

const NAME = "feedback-lint";
const PYTHON_EXTENSION = "ms-python.python";

/** The part of the Python extension's interface that is used here. */
interface PythonExtension {
  readonly environments?: { getActiveEnvironmentPath(resource?: Uri): { readonly path: string } };
}

/** A setting that names no program. */
export class SettingError extends Error {}

/**
 * The program that the settings name, that of the Python extension's environment, that on the `PATH`, or that in the
 * extension's own environment. What belongs to a workspace counts only where the workspace is trusted.
 * Rejects with a SettingError for a setting that leads nowhere.
 */
export async function findServer(own: Environment): Promise<string | undefined> {
  return named() ?? (await inPythonEnvironment()) ?? onPath(NAME) ?? own.program;
}

function named(): string | undefined {
  const written = settings.text("path");
  if (written === undefined) return undefined;
  const folder = workspace.isTrusted ? workspace.workspaceFolders?.[0]?.uri.fsPath : undefined;
  const path = absolute(written, folder);
  if (path === undefined) throw new SettingError(`The setting feedbackLint.path is “${written}”; write the whole path.`);
  if (!isProgram(path)) throw new SettingError(`The setting feedbackLint.path is “${written}”, but no such program is there.`);
  return path;
}

async function inPythonEnvironment(): Promise<string | undefined> {
  const extension = extensions.getExtension<PythonExtension>(PYTHON_EXTENSION);
  if (!extension || !workspace.isTrusted) return undefined;
  try {
    const { environments } = extension.isActive ? extension.exports : await extension.activate();
    const python = environments?.getActiveEnvironmentPath(window.activeTextEditor?.document.uri).path;
    return python && besidePython(python, NAME);
  } catch {
    return undefined; // the other extension is broken, and says so itself
  }
}
