import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { test } from "node:test";
import { absolute, besidePython, isProgram, onPath } from "../src/programs";

function program(folder: string, name: string, mode = 0o755): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, "#!/bin/sh\n");
  chmodSync(path, mode);
  return path;
}

const FOLDER = mkdtempSync(join(tmpdir(), "feedback-lint-"));
const FIRST = program(join(FOLDER, "one"), "feedback-lint");
const SECOND = program(join(FOLDER, "two"), "feedback-lint");
const UNFIT = program(join(FOLDER, "three"), "feedback-lint", 0o644);

test("the first program on the path is taken", () => {
  assert.equal(onPath("feedback-lint", [join(FOLDER, "none"), join(FOLDER, "one"), join(FOLDER, "two")].join(delimiter)), FIRST);
  assert.equal(onPath("feedback-lint", [join(FOLDER, "three"), join(FOLDER, "two")].join(delimiter)), SECOND);
  assert.equal(onPath("feedback-lint", ""), undefined);
});

test("a relative folder on the path is passed over, since it may be a workspace's", () => {
  const here = relative(process.cwd(), join(FOLDER, "one"));
  assert.equal(onPath("feedback-lint", [here, "", "."].join(delimiter)), undefined);
});

test("what is no file or cannot be run is no program", () => {
  assert.ok(isProgram(FIRST));
  assert.ok(!isProgram(UNFIT));
  assert.ok(!isProgram(FOLDER));
  assert.ok(!isProgram(join(FOLDER, "none")));
});

test("a program is found beside the Python that it was installed for", () => {
  assert.equal(besidePython(join(FOLDER, "one", "python"), "feedback-lint"), FIRST);
  assert.equal(besidePython(join(FOLDER, "none", "python"), "feedback-lint"), undefined);
  const scripts = program(join(FOLDER, "four", "Scripts"), "feedback-lint");
  assert.equal(besidePython(join(FOLDER, "four", "python"), "feedback-lint"), scripts);
});

test("a relative path is none without a folder to start from", () => {
  assert.equal(absolute("bin/feedback-lint", undefined), undefined);
  assert.equal(absolute("bin/feedback-lint", FOLDER), join(FOLDER, "bin", "feedback-lint"));
  assert.equal(absolute(FIRST, "/elsewhere"), FIRST);
  assert.equal(absolute("~/bin/x", undefined), join(homedir(), "bin/x"));
  assert.equal(absolute("~other/x", undefined), undefined);
});
