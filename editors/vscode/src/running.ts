/** Running a program to its end. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Where a run is told that nobody waits for it any longer. */
export interface Cancellation {
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** A program that failed, or could not be started. */
export class RunError extends Error {}

/**
 * Runs a program without a shell; each line that it prints goes to `onLine`.
 * Rejects with a RunError that holds the last line when it cannot be started, fails or is cancelled.
 */
export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  onLine: (line: string) => void = () => {},
  cancellation?: Cancellation,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
    const cancelling = cancellation?.onCancellationRequested(() => child.kill());
    let last = "";
    const take = (line: string): void => {
      if (!line.trim()) return;
      last = line.trim();
      onLine(line);
    };
    for (const stream of [child.stdout, child.stderr]) eachLine(stream, take);
    child.on("error", (error) => reject(new RunError(error.message)));
    child.on("close", (status, signal) => {
      cancelling?.dispose();
      if (status === 0) resolve();
      else reject(new RunError(last || `${program} ended with ${signal ?? `status ${status}`}`));
    });
  });
}

/** Calls `take` with each line of a stream, without its end. */
export function eachLine(stream: NodeJS.ReadableStream, take: (line: string) => void): void {
  createInterface({ input: stream, crlfDelay: Infinity, terminal: false, historySize: 0 }).on("line", take);
}
