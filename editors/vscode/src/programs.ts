/** Programs on the disk. */

import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, isAbsolute, join } from "node:path";

const IS_WINDOWS = process.platform === "win32";
const SUFFIX = IS_WINDOWS ? ".exe" : "";

/** Whether a file is there that can be run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, IS_WINDOWS ? constants.F_OK : constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The first program of this name in the folders of a search path. Relative folders are passed over: they may be anybody's. */
export function onPath(name: string, searchPath: string | undefined = process.env["PATH"]): string | undefined {
  return (searchPath ?? "")
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, name + SUFFIX))
    .find(isProgram);
}

/** The program of this name that was installed for a Python, given the path of its interpreter. */
export function besidePython(python: string, name: string): string | undefined {
  const folder = dirname(python);
  return [join(folder, name + SUFFIX), join(folder, "Scripts", name + SUFFIX)].find(isProgram);
}

/** The interpreter of a virtual environment. */
export function pythonOf(environment: string): string {
  return IS_WINDOWS ? join(environment, "Scripts", "python.exe") : join(environment, "bin", "python");
}

/** A path as people write it, made absolute: `~` is the home folder, and `base`, if any, is where a relative one starts. */
export function absolute(written: string, base: string | undefined): string | undefined {
  const path = written.replace(/^~(?=$|[/\\])/, homedir());
  if (isAbsolute(path)) return path;
  return base === undefined ? undefined : join(base, path);
}
