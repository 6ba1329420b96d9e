// Windows that ask whether a message is to be sent. Each has a number, and ends with one of the answers.

export const GO_BACK = "go-back";
export const SEND = "send";
export const TRY_AGAIN = "try-again";

const PAGE = "question/question.html";
const SIZE = { width: 640, height: 620 };
const SMALL_SIZE = { width: 560, height: 260 };
const SECONDS_TO_OPEN = 15;
// An event page is ended after 30 seconds without a call, and with it would go the message that waits here.
const SECONDS_AWAKE = 10;

let lastNumber = 0;
const open = new Map();

// Opens a window that shows `content`, and waits for what the user chooses. A window that is closed says go back.
export function choice(content) {
  const number = ++lastNumber;
  return new Promise((resolve) => {
    const awake = setInterval(() => messenger.runtime.getPlatformInfo(), SECONDS_AWAKE * 1000);
    const failed = () => {
      messenger.notifications.create({
        type: "basic",
        title: "Your message was not sent",
        message: "feedback-lint could not show what it found. Press Send to try again.",
      });
      settle(GO_BACK);
    };
    const unopened = setTimeout(failed, SECONDS_TO_OPEN * 1000);
    const settle = (answer) => {
      clearInterval(awake);
      clearTimeout(unopened);
      open.delete(number);
      resolve(answer);
    };
    open.set(number, { content, settle, opened: () => clearTimeout(unopened) });
    const url = `${PAGE}?${number}`;
    const size = content.findings ? SIZE : SMALL_SIZE;
    messenger.windows.create({ type: "popup", url, allowScriptsToClose: true, ...size }).catch(failed);
  });
}

export function goBackFromAll() {
  for (const { settle } of [...open.values()]) {
    settle(GO_BACK);
  }
}

messenger.runtime.onConnect.addListener((page) => {
  const question = open.get(Number(page.name));
  if (question === undefined) {
    page.disconnect();
    return;
  }
  question.opened();
  page.onMessage.addListener((answer) => question.settle(answer));
  page.onDisconnect.addListener(() => question.settle(GO_BACK));
  page.postMessage(question.content);
});
