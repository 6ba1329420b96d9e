// Drives VS Code's workbench in a browser. Takes one argument, a table as JSON: `playwright` (the folder of
// playwright-core), `chromium`, `url`, `steps` (lists of a name and its arguments), `images` (a folder). Prints a line of
// JSON for each step: what it saw, or `error`.

import { createRequire } from "node:module";
import { join } from "node:path";

const given = JSON.parse(process.argv[2]);
const { chromium } = createRequire(import.meta.url)(given.playwright);
// Milliseconds to wait for what should come at once, and for the server to be installed.
const PATIENCE = 60_000;
const INSTALLING = 400_000;
const CHROMIUM = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const browser = await chromium.launch({ executablePath: given.chromium, args: CHROMIUM });
const context = await browser.newContext({ viewport: { width: 1100, height: 700 } });
await context.grantPermissions(["clipboard-read", "clipboard-write"]);
const page = await context.newPage();
page.setDefaultTimeout(PATIENCE);

/** The page inside the webview that is shown. */
function shownPage() {
  return page.frameLocator("iframe.webview.ready").last().frameLocator("#active-frame");
}

async function command(name) {
  await page.keyboard.press("F1");
  const input = page.locator(".quick-input-widget input");
  await input.fill(`>${name}`);
  await page.locator(".quick-input-list .monaco-list-row", { hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
}

const steps = {
  async open(file) {
    await page.locator(`.explorer-viewlet .monaco-list-row[aria-label^="${file}"]`).first().dblclick();
    await page.locator(`.tab.active[aria-label^="${file}"]`).waitFor();
  },
  async squiggle(severity) {
    const found = page.locator(`.editor-instance .squiggly-${severity}`);
    await found.first().waitFor({ state: "attached" });
    return found.count();
  },
  async underlined() {
    await page.waitForTimeout(1500);
    return page.locator(".editor-instance [class*=squiggly-]").count();
  },
  async problem() {
    await page.keyboard.press("F8");
    return page.locator(".marker-widget .message").first().innerText();
  },
  async fix(beginning) {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+.");
    const offers = page.locator(".action-widget .monaco-list-row.action");
    await offers.first().waitFor();
    const titles = await offers.allInnerTexts();
    await offers.filter({ hasText: beginning }).first().click();
    return titles;
  },
  async save() {
    await page.keyboard.press("Control+S");
    await page.locator(".tab.active:not(.dirty)").waitFor();
  },
  async type(text) {
    await page.keyboard.press("Control+End");
    await page.keyboard.type(text);
  },
  async focus() {
    await page.locator(".editor-instance .view-lines").first().click();
  },
  command,
  async lens() {
    await page.locator(".codelens-decoration a").first().click();
  },
  async at(place) {
    await page.locator("[id$='status.editor.selection']", { hasText: place }).waitFor();
  },
  async shown(text) {
    const heading = shownPage().locator("h1", { hasText: text });
    await heading.waitFor();
    return shownPage().locator("body").innerText();
  },
  async press(label) {
    await shownPage().getByRole("button", { name: label }).first().click();
  },
  async clipboard() {
    return page.evaluate(() => navigator.clipboard.readText());
  },
  async setClipboard(text) {
    await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  },
  async status(label) {
    const item = page.locator("[id$='feedbackLint.status']");
    const labelled = item.and(page.locator(`[aria-label*="${label}"]`)).or(item.locator(`[aria-label*="${label}"]`));
    await labelled.first().waitFor({ timeout: INSTALLING });
  },
  async notified(text) {
    const notice = page.locator(".notifications-toasts .notification-list-item", { hasText: text });
    await notice.first().waitFor();
    return notice.first().innerText();
  },
  async answer(label) {
    await page.locator(".notifications-toasts .monaco-button", { hasText: label }).first().click();
  },
  async dialog(label) {
    await page.locator(".monaco-dialog-box .monaco-button", { hasText: label }).first().click();
  },
  async setting(name) {
    await page.locator(".settings-editor .setting-item-contents", { hasText: name }).first().waitFor();
  },
  async escape() {
    await page.keyboard.press("Escape");
  },
  async picture(name) {
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(given.images, name) });
  },
};

try {
  await page.goto(given.url);
  await page.locator(".monaco-workbench").waitFor();
  for (const [name, ...args] of given.steps) {
    try {
      console.log(JSON.stringify({ step: name, saw: (await steps[name](...args)) ?? null }));
    } catch (error) {
      await page.screenshot({ path: join(given.images, "failed.png") });
      const notices = await page.locator(".notifications-toasts .notification-list-item").allInnerTexts();
      console.log(JSON.stringify({ step: name, error: String(error), notices }));
      break;
    }
  }
} finally {
  await browser.close();
}
