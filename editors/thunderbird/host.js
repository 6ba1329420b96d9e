// The conversation with feedback-lint, which runs beside Thunderbird and answers by number.

const NAME = "feedback_lint";
const PROTOCOL = 1;
const MOST_BYTES = 1024 * 1024;

// Why there was no answer; `message` is for the user.
export class HostError extends Error {}

let port = null;
let lastNumber = 0;
const waiting = new Map();

// Starts feedback-lint and has it load its models, unless it runs already.
export function warmUp() {
  ask({ type: "warm-up" }, 60_000).catch(() => {}); // whoever sends a message is told
}

export function isRunning() {
  return port !== null;
}

export function stop() {
  port?.disconnect();
  ended("feedback-lint was stopped.");
}

// The answer to a question; rejects with a HostError if none comes in time.
export async function ask(question, milliseconds) {
  const number = ++lastNumber;
  const message = { ...question, id: number, protocol: PROTOCOL };
  if (new TextEncoder().encode(JSON.stringify(message)).length > MOST_BYTES) {
    throw new HostError("This message is too long to be checked.");
  }
  const answer = new Promise((resolve, reject) => waiting.set(number, { resolve, reject }));
  const timer = setTimeout(() => {
    refuse(number, `feedback-lint has not answered for ${milliseconds / 1000} seconds.`);
  }, milliseconds);
  try {
    connected().postMessage(message);
    return await answer;
  } catch (error) {
    throw error instanceof HostError ? error : new HostError("feedback-lint cannot be started.");
  } finally {
    clearTimeout(timer);
    waiting.delete(number);
  }
}

function connected() {
  if (port === null) {
    const opened = messenger.runtime.connectNative(NAME);
    opened.onMessage.addListener(answered);
    opened.onDisconnect.addListener(() => {
      if (port === opened) {
        ended(reasonOf(opened.error));
      }
    });
    port = opened;
  }
  return port;
}

function reasonOf(error) {
  return /no such native application/i.test(error?.message ?? "")
    ? "feedback-lint was not found on this computer. Install it, then run “feedback-lint native-host install”."
    : "feedback-lint has stopped without an answer.";
}

function ended(reason) {
  port = null;
  for (const number of [...waiting.keys()]) {
    refuse(number, reason);
  }
}

function refuse(number, reason) {
  waiting.get(number)?.reject(new HostError(reason));
}

function answered(answer) {
  if (answer?.protocol !== PROTOCOL) {
    refuseAll("feedback-lint gave an answer that this add-on does not understand: update both.");
  } else if (answer.type === "error") {
    const reason = String(answer.message);
    answer.id === null ? refuseAll(reason) : refuse(answer.id, reason);
  } else {
    waiting.get(answer.id)?.resolve(answer);
  }
}

function refuseAll(reason) {
  for (const number of [...waiting.keys()]) {
    refuse(number, reason);
  }
}
