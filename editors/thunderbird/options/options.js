// What stops a message, kept in the add-on's own storage.

import { ask, stop } from "../host.js";
import { settings } from "../settings.js";

const level = document.getElementById("level");
const everything = document.getElementById("everything");
const told = document.getElementById("told");

const chosen = await settings();
level.value = chosen.level;
everything.checked = chosen.everything;
level.addEventListener("change", () => keep({ level: level.value }));
everything.addEventListener("change", () => keep({ everything: everything.checked }));

async function keep(choice) {
  await messenger.storage.local.set(choice);
  told.textContent = "Saved.";
}

document.getElementById("test").addEventListener("click", async () => {
  told.textContent = "…";
  try {
    const { version } = await ask({ type: "hello" }, 10_000);
    told.textContent = `Yes: version ${version}.`;
  } catch (error) {
    told.textContent = error.message;
  } finally {
    stop();
  }
});

document.body.dataset.shown = "yes";
