// Three things to try, for somebody who has never seen the page. Once closed it stays closed.

import { h } from "./dom.js";
import { t } from "./labels.js";
import { getApp } from "./workspace.js";

const KEY = "sandbox.hint.closed";

function isClosed() {
  try {
    return localStorage.getItem(KEY) === "yes";
  } catch {
    return false;
  }
}

function rememberClosed() {
  try {
    localStorage.setItem(KEY, "yes");
  } catch {
    return;
  }
}

function commandStep() {
  const [before, after] = t("hint.command").split("{command}");
  const first = getApp().commands[0];
  return h("li", {}, before, h("code", {}, first ? first.command : "/"), after);
}

export function showHint(node) {
  node.hidden = isClosed();
  if (node.hidden) return;
  const close = () => {
    rememberClosed();
    node.hidden = true;
  };
  node.replaceChildren(
    h("strong", {}, t("hint.title")),
    h("ol", {}, commandStep(), h("li", {}, t("hint.button", { app: getApp().name })), h("li", {}, t("hint.nextDay"))),
    h("span", { class: "hint-foot" }, t("hint.person")),
    h("button", { type: "button", class: "icon-button hint-close", "aria-label": t("hint.close"), onclick: close }, "✕"),
  );
}
