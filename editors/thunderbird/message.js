// What of a message feedback-lint needs to see: no attachments, and no pictures in the text.

const MOST_HTML = 500_000;
const OURS = "x-feedback-lint";

export function questionOf(details, { level, everything }) {
  const html = details.isPlainText ? "" : withoutPictures(details.body ?? "");
  const isPlainText = details.isPlainText || html.length > MOST_HTML;
  return {
    type: "check",
    subject: details.subject ?? "",
    sender: addressOf(details.from),
    recipient: addressOf(details.to),
    body: isPlainText ? (details.plainTextBody ?? "") : html,
    isPlainText,
    ignored: headersOf(details).find(isOurs)?.value ?? "",
    level,
    everything,
  };
}

// The message without the header with which its writer speaks to us; nothing where it has none.
export function withoutOurHeader(details) {
  const headers = headersOf(details);
  return headers.some(isOurs) ? { customHeaders: headers.filter((header) => !isOurs(header)) } : undefined;
}

function headersOf({ customHeaders }) {
  return customHeaders ?? [];
}

function isOurs({ name }) {
  return name.toLowerCase() === OURS;
}

// The first address that is written out; those of an address book are only numbers here.
function addressOf(field) {
  return [field].flat().find((address) => typeof address === "string") ?? "";
}

function withoutPictures(html) {
  return html.replace(/\bsrc\s*=\s*(["'])data:[^"']*\1/gi, 'src=""');
}
