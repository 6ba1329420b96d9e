/** The page that tells whether a mail may be sent. */

import { type Finding, type Mail, type Report, stopping } from "./report";
import type { FailOn } from "./settings";

/** What is shown. `isCopied`: the text is on the clipboard. `isStale`: it was changed since it was checked. */
export interface Shown {
  readonly report: Report;
  readonly failOn: FailOn;
  readonly isCopied: boolean;
  readonly isStale: boolean;
}

const MAILS: Readonly<Record<string, string>> = { request: "Request for feedback", thanks: "Thanks for feedback", "follow-up": "Follow-up" };
const STYLE = `
  body { max-width: 44rem; margin: 0 auto; padding: 0.5rem 1.5rem 2rem; line-height: 1.5; }
  h1 { font-size: 1.3rem; font-weight: 600; margin: 1rem 0 0.25rem; }
  h2 { font-size: 1rem; font-weight: 600; margin: 1.5rem 0 0.5rem; }
  p { margin: 0.25rem 0; }
  ul { list-style: none; padding: 0; margin: 0; }
  .quiet { color: var(--vscode-descriptionForeground); }
  .finding { border-left: 3px solid; padding: 0.1rem 0 0.3rem 0.8rem; margin: 0 0 0.8rem; }
  .error { border-color: var(--vscode-editorError-foreground); }
  .warning { border-color: var(--vscode-editorWarning-foreground); }
  .suggestion { border-color: var(--vscode-editorInfo-foreground); }
  blockquote { margin: 0.3rem 0; padding: 0.3rem 0.6rem; background: var(--vscode-textBlockQuote-background); }
  .checklist { display: flex; flex-wrap: wrap; gap: 0.2rem 1.4rem; }
  .done::before { content: "✓ "; color: var(--vscode-testing-iconPassed); }
  .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .open::before { content: "✗ "; color: var(--vscode-editorWarning-foreground); }
  .link { background: none; border: 0; padding: 0; color: var(--vscode-textLink-foreground); cursor: pointer; font: inherit; }
  .link:hover { text-decoration: underline; }
  .actions { margin: 1rem 0; display: flex; gap: 0.6rem; }
  .actions button { border: 0; padding: 0.4rem 0.9rem; font: inherit; cursor: pointer;
    color: var(--vscode-button-foreground); background: var(--vscode-button-background); }
  .actions button.second { color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); }
`;
const SCRIPT = `
  const editor = acquireVsCodeApi();
  for (const button of document.querySelectorAll("button")) {
    button.addEventListener("click", () => editor.postMessage({ ...button.dataset }));
  }
`;

/** The page as HTML. `nonce` is a word that nobody can guess: only what carries it is run. */
export function page(shown: Shown, nonce: string): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Check before sending</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
${verdict(shown)}
${shown.report.mails.map((mail) => section(mail)).join("\n")}
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>
`;
}

function verdict({ report, failOn, isCopied, isStale }: Shown): string {
  const stops = stopping(report, failOn).length;
  const again = button("check", "Check again");
  if (isStale) {
    return `<h1 role="status">The text has changed</h1><p>What stands below is about the text as it was.</p>
${actions(again)}`;
  }
  if (isCopied) {
    const well = stops ? "As you wished" : "Ready to send";
    return `<h1 role="status">${well}: the text is on the clipboard</h1>`;
  }
  if (stops === 0) {
    return `<h1 role="status">Nothing stands in the way</h1>${actions(button("copy", "Copy the text"))}`;
  }
  const things = stops === 1 ? "One thing stands" : `${stops} things stand`;
  return `<h1 role="status">${things} in the way</h1><p>Nothing was copied.</p>
${actions(again, button("copy", "Copy anyway", "second"))}`;
}

function button(does: "check" | "copy", label: string, kind = ""): string {
  return `<button class="${kind}" data-do="${does}">${label}</button>`;
}

function actions(...buttons: string[]): string {
  return `<div class="actions">${buttons.join("")}</div>`;
}

function section({ name, stage, words, checklist, findings, notes }: Mail): string {
  const about = `${MAILS[stage] ?? stage}, ${words === 1 ? "1 word" : `${words} words`}`;
  const ordered = [...findings.filter((finding) => !finding.missing), ...findings.filter((finding) => finding.missing)];
  const items = checklist.map(({ label, done }) => {
    const state = done ? "done" : "open";
    return `<li class="${state}">${escaped(label)}<span class="spoken"> (${done ? "there" : "missing"})</span></li>`;
  });
  return `<h2>${escaped(name || about)}</h2>
${name ? `<p class="quiet">${escaped(about)}</p>` : ""}
${notes.map((note) => `<p class="quiet">${escaped(note)}</p>`).join("\n")}
${items.length ? `<ul class="checklist" aria-label="Checklist">${items.join("")}</ul>` : ""}
${ordered.length ? `<h2>Findings</h2><ul>${ordered.map(row).join("\n")}</ul>` : ""}`;
}

function row({ rule, severity, message, help, line, suggestions }: Finding): string {
  const texts = suggestions.map((text) => `<blockquote>${escaped(text).replaceAll("\n", "<br>")}</blockquote>`);
  return `<li class="finding ${severity}"><p>${escaped(message)}</p>
<p class="quiet">${severity}: ${escaped(rule)}, <button class="link" data-do="show" data-line="${line}">line ${line}</button></p>
${help ? `<p>${escaped(help)}</p>` : ""}${texts.join("")}</li>`;
}

function escaped(text: string): string {
  const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
