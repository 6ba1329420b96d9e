/** What the server says of a draft as a whole. */

import type { FailOn } from "./settings";

export type Severity = "error" | "warning" | "suggestion";

/** One finding. `line` is 1-based, `quote` is empty for what is missing, and `suggestions` are texts to use instead. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help: string;
  readonly line: number;
  readonly missing: boolean;
  readonly suggestions: readonly string[];
}

/** One mail of a document, which mostly holds one. */
export interface Mail {
  readonly name: string;
  readonly stage: string;
  readonly words: number;
  readonly checklist: readonly { readonly label: string; readonly done: boolean }[];
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

/** The answer to “may this be sent?”. `failOn` is what the configuration file says, `version` that of the document. */
export interface Report {
  readonly version: number | null;
  readonly failOn: FailOn;
  readonly mails: readonly Mail[];
}

const RANKS: readonly Severity[] = ["error", "warning", "suggestion"];

/** The findings at or above a severity, worst first, and in reading order where they are alike. */
export function stopping(report: Report, failOn: FailOn): Finding[] {
  if (failOn === "never") return [];
  const most = RANKS.indexOf(failOn);
  const all = report.mails.flatMap((mail) => mail.findings);
  return all
    .filter((finding) => RANKS.indexOf(finding.severity) <= most)
    .sort((one, other) => RANKS.indexOf(one.severity) - RANKS.indexOf(other.severity));
}
