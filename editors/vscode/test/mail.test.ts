import assert from "node:assert/strict";
import { test } from "node:test";
import { sendable } from "../src/mail";

const BODY = "Dear Ms. Osei,\n\nThank you.\n";

test("a text without header fields is left as it is", () => {
  for (const text of ["", BODY, "\n" + BODY, "One line", `${BODY}X-Feedback-Lint: ignore=bitter\n`]) {
    assert.equal(sendable(text), text);
  }
});

test("our own header field goes, with its folded lines, and nothing else", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const rest = ["Subject: Feedback", " on my interview", "To: ann@example.org", "", "X-Feedback-Lint: stays", ""];
    const own = ["x-feedback-LINT : ignore=bitter,", "\tdemanding"];
    for (const at of [0, 2, 3]) {
      assert.equal(sendable(rest.toSpliced(at, 0, ...own).join(end)), rest.join(end));
    }
  }
});

test("a header field after the header is text", () => {
  const text = `Subject: Feedback\n\nX-Feedback-Lint: ignore=bitter\n${BODY}`;
  assert.equal(sendable(text), text);
});

test("lines end where mail programs end them", () => {
  const text = "Subject: one\u2028X-Feedback-Lint: two\n\n" + BODY;
  assert.equal(sendable(text), text);
});
