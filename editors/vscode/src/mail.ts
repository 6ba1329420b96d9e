/** What of a draft is sent. */

const HEADER_FIELD = /^[!-9;-~]+[ \t]*:/;
const OWN_FIELD = /^X-Feedback-Lint[ \t]*:/i;
const FOLDED = /^[ \t]+\S/;

/** The text without the header field that is meant for feedback-lint only; nothing else is changed. */
export function sendable(text: string): string {
  const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/);
  const kept: string[] = [];
  let isOwn = false;
  for (const [index, line] of lines.entries()) {
    if (FOLDED.test(line) && index > 0) {
      if (!isOwn) kept.push(line);
      continue;
    }
    if (!HEADER_FIELD.test(line)) return kept.join("") + lines.slice(index).join("");
    isOwn = OWN_FIELD.test(line);
    if (!isOwn) kept.push(line);
  }
  return kept.join("");
}
