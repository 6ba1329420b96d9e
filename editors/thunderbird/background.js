// Asks feedback-lint about each message that is about to be sent, and the user where it finds something or fails.

import { HostError, ask, isRunning, stop, warmUp } from "./host.js";
import { questionOf, withoutOurHeader } from "./message.js";
import { GO_BACK, SEND, TRY_AGAIN, choice, goBackFromAll } from "./questions.js";
import { settings } from "./settings.js";

const PATIENCE = 2_000;
const MORE_PATIENCE = 8_000;

// A promise that is never kept, or fails, would leave the message locked: this one is always kept.
messenger.compose.onBeforeSend.addListener(async (_tab, details) => {
  let wished = GO_BACK;
  try {
    wished = await wish(details);
  } catch (error) {
    console.error("feedback-lint:", error?.name);
    wished = await choice({ trouble: "Something in this add-on went wrong.", canTryAgain: false });
  }
  return wished === SEND ? { details: withoutOurHeader(details) } : { cancel: true };
});

async function wish(details) {
  for (let patience = PATIENCE; ; patience = MORE_PATIENCE) {
    const wished = await wishAfter(details, patience);
    if (wished !== TRY_AGAIN) {
      return wished;
    }
  }
}

// What the user wishes, after one attempt to check the message.
async function wishAfter(details, patience) {
  try {
    const { findings } = await ask(questionOf(details, await settings()), patience);
    if (!Array.isArray(findings) || !findings.every(isFinding)) {
      throw new HostError("feedback-lint gave an answer that this add-on does not understand: update both.");
    }
    return findings.length === 0 ? SEND : await choice({ findings });
  } catch (error) {
    if (!(error instanceof HostError)) {
      throw error;
    }
    if (patience !== PATIENCE) {
      stop(); // what hangs is started anew the next time
    }
    return choice({ trouble: error.message, canTryAgain: true });
  }
}

function isFinding(finding) {
  const texts = ["severity", "message", "help", "where", "before", "quote", "after"];
  return texts.every((name) => typeof finding?.[name] === "string") && Array.isArray(finding.suggestions);
}

messenger.windows.onCreated.addListener((window) => {
  if (window.type === "messageCompose") {
    warmUp();
  }
});

messenger.windows.onRemoved.addListener(stopIfUnused);

async function stopIfUnused() {
  const left = await messenger.windows.getAll({ windowTypes: ["messageCompose"] });
  if (left.length === 0 && isRunning()) {
    stop();
  }
}

async function begin() {
  const open = await messenger.windows.getAll({ windowTypes: ["messageCompose"] });
  if (open.length > 0) {
    warmUp();
  }
}

messenger.runtime.onSuspend.addListener(goBackFromAll);
begin();
