// What of a message feedback-lint needs to see: no attachments, and no pictures in the text.

const MOST_HTML = 500_000;

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
    level,
    everything,
  };
}

// The first address that is written out; those of an address book are only numbers here.
function addressOf(field) {
  return [field].flat().find((address) => typeof address === "string") ?? "";
}

function withoutPictures(html) {
  return html.replace(/\bsrc\s*=\s*(["'])data:[^"']*\1/gi, 'src=""');
}
