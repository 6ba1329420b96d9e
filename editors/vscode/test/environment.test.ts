import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Environment, findPython } from "../src/environment";

const WORKS = `case "$*" in
  *venv*) for made; do :; done; mkdir -p "$made/bin"; cp "$0" "$made/bin/python";;
  *pip*) for wanted; do :; done; echo "Collecting $wanted"; echo "#! $*" > "$(dirname "$0")/feedback-lint"; chmod +x "$(dirname "$0")/feedback-lint";;
esac`;
const FAILS = WORKS.replace(/\*pip\*.*/, "*pip*) echo 'no network' >&2; exit 1;;");
const FINDS_NOTHING = WORKS.replace(/\*pip\*.*/, '*pip*) echo "ERROR: No matching distribution found for feedback-lint" >&2; exit 1;;');
const HOLDS_NOTHING = WORKS.replace(/\*pip\*.*/, "*pip*) ;;");
const HANGS = WORKS.replace(/\*pip\*.*/, "*pip*) exec sleep 60;;");

function folder(): string {
  return join(mkdtempSync(join(tmpdir(), "feedback-lint-")), "with space", "not yet there");
}

/** A stand-in for Python, which does on `-m venv` and `-m pip` what a script says. */
function python(script: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "feedback-lint-")), "python");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test("nothing is there at first", () => {
  assert.equal(new Environment(folder()).program, undefined);
});

test("what pip installs is found from then on", async () => {
  const storage = folder();
  const lines: string[] = [];
  await new Environment(storage).install(python(WORKS), "feedback-lint[lsp]", (line) => lines.push(line));
  const { program } = new Environment(storage);
  assert.ok(program && existsSync(program));
  assert.deepEqual(lines, ["Collecting feedback-lint[lsp]"]);
});

test("a requirement is never an option of pip", async () => {
  const own = new Environment(folder());
  await own.install(python(WORKS), "--index-url=elsewhere", () => {});
  assert.match(readFileSync(own.program ?? "", "utf8"), / -- --index-url=elsewhere\n$/);
});

test("a new one takes the place of the old one, which is removed", async () => {
  const storage = folder();
  const own = new Environment(storage);
  await own.install(python(WORKS), "first", () => {});
  const before = own.program;
  await own.install(python(WORKS), "second", () => {});
  assert.notEqual(own.program, before);
  assert.ok(before && !existsSync(before));
  assert.equal(readdirSync(storage).length, 2);
});

for (const [what, script, says] of [
  ["fails", FAILS, /: no network$/],
  ["finds nothing", FINDS_NOTHING, /: No matching .* feedback-lint\. Tell pip where it is: the setting feedbackLint\.requirement\.$/],
  ["installs something else", HOLDS_NOTHING, /“second” holds no feedback-lint/],
] as const) {
  test(`where pip ${what}, the old one stays`, async () => {
    const storage = folder();
    const own = new Environment(storage);
    await own.install(python(WORKS), "first", () => {});
    const before = own.program;
    await assert.rejects(own.install(python(script), "second", () => {}), says);
    assert.equal(own.program, before);
    assert.ok(before && existsSync(before));
    assert.equal(readdirSync(storage).length, 2);
  });
}

test("one that is cancelled leaves nothing behind", async () => {
  const storage = folder();
  let cancel = (): void => {};
  const cancellation = {
    onCancellationRequested(listener: () => void) {
      cancel = listener;
      return { dispose() {} };
    },
  };
  const own = new Environment(storage);
  const installing = own.install(python(HANGS), "first", () => {}, cancellation);
  setTimeout(() => cancel(), 300);
  await assert.rejects(installing, /SIGTERM/);
  assert.deepEqual(readdirSync(storage), []);
});

test("an environment that was deleted by hand is not there", async () => {
  const storage = folder();
  mkdirSync(storage, { recursive: true });
  for (const record of ['{"name": "server-0"}', "{}", "no JSON"]) {
    writeFileSync(join(storage, "server.json"), record);
    assert.equal(new Environment(storage).program, undefined);
  }
});

test("a Python that cannot make environments is none", async () => {
  assert.equal(await findPython(python("exit 1"), tmpdir()), undefined);
  assert.equal(await findPython("/no/python", tmpdir()), undefined);
  const fit = python("exit 0");
  assert.equal(await findPython(fit, tmpdir()), fit);
  assert.ok(await findPython("", tmpdir()), "none on the search path");
});
