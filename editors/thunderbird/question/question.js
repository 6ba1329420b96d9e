// Shows one question, and hands what the user chooses to the background page. Texts are set as text, never as HTML.

const page = messenger.runtime.connect({ name: location.search.slice(1) });

page.onMessage.addListener((content) => {
  if (content.findings) {
    showFindings(content.findings);
  } else {
    showTrouble(content);
  }
  document.body.dataset.shown = "yes";
});
page.onDisconnect.addListener(() => window.close()); // nobody waits for an answer any more

for (const button of document.querySelectorAll("footer button")) {
  button.addEventListener("click", () => answer(button.id));
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    answer("go-back");
  }
});
document.getElementById("go-back").focus();

function answer(chosen) {
  page.postMessage(chosen);
  window.close();
}

function showFindings(findings) {
  const things = findings.length === 1 ? "one thing" : `${findings.length} things`;
  setText("headline", `Before you send this: ${things} may cost you an answer`);
  setText("lead", "The message waits until you choose. Nothing in it was changed.");
  document.getElementById("findings").append(...findings.map(itemOf));
}

function showTrouble({ trouble, canTryAgain }) {
  setText("headline", "This message was not checked");
  setText("lead", `${trouble} You can send it without a check.`);
  document.getElementById("try-again").hidden = !canTryAgain;
}

function itemOf(finding) {
  const item = element("li", finding.severity);
  item.append(element("p", "told", finding.message));
  if (finding.where || finding.quote) {
    item.append(contextOf(finding));
  }
  item.append(element("p", "help", finding.help));
  if (finding.suggestions.length > 0) {
    const list = element("ul", "suggestions");
    list.append(...finding.suggestions.map(suggestionOf));
    item.append(list);
  }
  return item;
}

function contextOf({ where, before, quote, after }) {
  const context = element("p", "context");
  context.append(element("span", "where", where && `${where}: `), before, element("mark", "", quote), after);
  return context;
}

function suggestionOf(text) {
  const item = element("li", "");
  const copy = element("button", "", "Copy");
  copy.type = "button";
  copy.title = `Copy “${text}”`;
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = "Copied";
  });
  item.append(element("span", "", text), copy);
  return item;
}

function element(name, kind, text = "") {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = text;
  return made;
}

function setText(id, text) {
  document.getElementById(id).textContent = text;
}
