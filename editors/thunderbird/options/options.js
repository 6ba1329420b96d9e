// What stops a message, kept in the add-on's own storage.

import { ask, stop } from "../host.js";
import { settings } from "../settings.js";

const level = document.getElementById("level");
const everything = document.getElementById("everything");
const told = document.getElementById("told");

const chosen = await settings();
level.value = chosen.level;
everything.checked = chosen.everything;
level.addEventListener("change", () => messenger.storage.local.set({ level: level.value }));
everything.addEventListener("change", () => messenger.storage.local.set({ everything: everything.checked }));

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
