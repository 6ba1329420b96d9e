/** A Python environment of the extension's own, with the server in it. */

import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { besidePython, onPath, pythonOf } from "./programs";
import { type Cancellation, run, RunError } from "./running";

const PYTHONS = ["python3.14", "python3.13", "python3.12", "python3.11", "python3", "python", "py"];
// Debian's Python comes without what makes environments.
const IS_FIT = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))";
const RECORD = "server.json";
const PREFIX = "server-";

/** The environment that was installed last and completely; one that was left half-way is never used. */
export class Environment {
  /** `folder` is the extension's storage, which need not exist. */
  constructor(private readonly folder: string) {}

  /** The server in it, if it was installed. */
  get program(): string | undefined {
    try {
      const { name } = JSON.parse(readFileSync(join(this.folder, RECORD), "utf8")) as { name: string };
      return besidePython(pythonOf(join(this.folder, name)), "feedback-lint");
    } catch {
      return undefined;
    }
  }

  /**
   * Makes a new environment, and has pip install the requirement there; the old one is removed only then.
   * Rejects with a RunError that says why it did not work.
   */
  async install(
    python: string,
    requirement: string,
    onLine: (line: string) => void,
    cancellation?: Cancellation,
  ): Promise<void> {
    const name = PREFIX + randomBytes(4).toString("hex");
    const made = join(this.folder, name);
    await mkdir(this.folder, { recursive: true });
    try {
      await run(python, ["-I", "-m", "venv", made], this.folder, onLine, cancellation);
      const pip = ["-I", "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar=off"];
      await run(pythonOf(made), [...pip, "--", requirement], this.folder, onLine, cancellation).catch(helpWithout);
      if (!besidePython(pythonOf(made), "feedback-lint")) throw new RunError(`“${requirement}” holds no feedback-lint.`);
      await this.record(name);
    } catch (error) {
      await rm(made, { recursive: true, force: true });
      throw error;
    }
    await this.removeOthers(name);
  }

  private async record(name: string): Promise<void> {
    const written = join(this.folder, `${name}.json`);
    await writeFile(written, JSON.stringify({ name }));
    await rename(written, join(this.folder, RECORD));
  }

  private async removeOthers(name: string): Promise<void> {
    const others = (await readdir(this.folder)).filter((entry) => entry.startsWith(PREFIX) && entry !== name);
    await Promise.all(others.map((entry) => rm(join(this.folder, entry), { recursive: true, force: true })));
  }
}

/** Rejects with what pip said, and where it finds nothing, with what to do about it. */
function helpWithout(error: RunError): never {
  const said = error.message.replace(/^ERROR: /, "");
  const help = /^no matching distribution/i.test(said) ? ". Tell pip where it is: the setting feedbackLint.requirement." : "";
  throw new RunError(said + help);
}

/** A Python that can make an environment: the one that is named, or else the first on the search path that is fit. */
export async function findPython(named: string, cwd: string): Promise<string | undefined> {
  const found = named ? [named] : PYTHONS.map((name) => onPath(name)).filter((path) => path !== undefined);
  for (const python of found) {
    try {
      await run(python, ["-I", "-c", IS_FIT], cwd);
      return python;
    } catch {
      continue;
    }
  }
  return undefined;
}
