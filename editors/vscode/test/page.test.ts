import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "../src/page";
import { type Finding, type Report, type Severity, stopping } from "../src/report";

function finding(severity: Severity, line = 1, rest: Partial<Finding> = {}): Finding {
  return { rule: "demanding", severity, message: "m", help: "h", line, missing: false, suggestions: [], ...rest };
}

function report(...findings: Finding[]): Report {
  const checklist = [
    { label: "thanks", done: true },
    { label: "the job", done: false },
  ];
  return { version: 1, failOn: "warning", mails: [{ name: "", stage: "request", words: 1, checklist, findings, notes: [] }] };
}

const ALL = report(finding("suggestion", 1), finding("error", 2), finding("warning", 3), finding("error", 4));

test("what stops a mail is at or above the level, worst first", () => {
  const lines = (level: "error" | "warning" | "suggestion" | "never") => stopping(ALL, level).map(({ line }) => line);
  assert.deepEqual(lines("error"), [2, 4]);
  assert.deepEqual(lines("warning"), [2, 4, 3]);
  assert.deepEqual(lines("suggestion"), [2, 4, 3, 1]);
  assert.deepEqual(lines("never"), []);
});

test("the page says whether the text was copied, and offers what can be done", () => {
  const shown = { report: ALL, failOn: "warning", isCopied: false, isStale: false } as const;
  const stopped = page(shown, "n");
  assert.match(stopped, /3 things stand in the way/);
  assert.match(stopped, /Copy anyway/);
  const insisted = page({ ...shown, isCopied: true }, "n");
  assert.match(insisted, /As you wished: the text is on the clipboard/);
  assert.doesNotMatch(insisted, /Copy anyway/);
  const clean = page({ ...shown, report: report(), isCopied: true }, "n");
  assert.match(clean, /Ready to send: the text is on the clipboard/);
  const seen = page({ ...shown, report: report() }, "n");
  assert.match(seen, /Nothing stands in the way/);
  assert.match(seen, /Copy the text/);
  const stale = page({ ...shown, isStale: true }, "n");
  assert.match(stale, /The text has changed/);
  assert.doesNotMatch(stale, /Copy anyway/);
});

test("the checklist tells what is there and what is missing, in words too", () => {
  const html = page({ report: report(), failOn: "warning", isCopied: true, isStale: false }, "n");
  assert.match(html, /class="done">thanks<span class="spoken"> \(there\)/);
  assert.match(html, /class="open">the job<span class="spoken"> \(missing\)/);
  assert.match(html, /Request for feedback, 1 word</);
});

test("what is missing comes after what stands there", () => {
  const html = page({ report: report(finding("error", 1, { message: "gone", missing: true }), finding("error", 9, { message: "here" })), failOn: "error", isCopied: false, isStale: false }, "n");
  assert.ok(html.indexOf("here") < html.indexOf("gone"));
});

test("words of a mail are never taken for HTML", () => {
  const nasty = `<img src=x onerror="alert('1')">&`;
  const mail = report(finding("error", 1, { message: nasty, help: nasty, suggestions: [`${nasty}\n${nasty}`] }));
  const named = { ...mail, mails: mail.mails.map((one) => ({ ...one, name: nasty, notes: [nasty] })) };
  const html = page({ report: named, failOn: "error", isCopied: false, isStale: false }, "n");
  assert.ok(!html.includes("<img"));
  assert.equal(html.split("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;").length - 1, 6);
});

test("only what carries the nonce is run", () => {
  const html = page({ report: ALL, failOn: "error", isCopied: false, isStale: false }, "s3cret");
  assert.match(html, /default-src 'none'; style-src 'nonce-s3cret'; script-src 'nonce-s3cret'/);
  assert.equal(html.match(/<script/g)?.length, 1);
  assert.match(html, /<script nonce="s3cret">/);
});
