// Bundles the extension into one file, or with --tests the tests of what needs no editor.
import { build } from "esbuild";
import { copyFile, readdir } from "node:fs/promises";

const shared = { bundle: true, platform: "node", target: "node20", format: "cjs", logLevel: "warning" };

if (process.argv.includes("--tests")) {
  const names = await readdir("test");
  await build({ ...shared, entryPoints: names.map((name) => `test/${name}`), outdir: "dist/test" });
} else {
  await copyFile("../../LICENSE", "LICENSE"); // which a package must hold
  await build({ ...shared, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", external: ["vscode"], minify: true });
}
