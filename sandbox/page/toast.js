// Short notices at the foot of the page: what went wrong, in a sentence.

import { ApiError } from "./api.js";
import { h } from "./dom.js";
import { t } from "./labels.js";

const SHOWN_MS = 8000;

function place() {
  const dialogs = [...document.querySelectorAll("dialog[open]")];
  const parent = dialogs.at(-1) ?? document.body;
  let shelf = parent.querySelector(":scope > .toasts");
  if (!shelf) {
    shelf = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    parent.append(shelf);
  }
  return shelf;
}

export function showToast(sentence) {
  const toast = h(
    "div",
    { class: "toast", "data-testid": "toast" },
    h("span", {}, sentence),
    h("button", { type: "button", "aria-label": t("error.close"), onclick: () => toast.remove() }, "✕"),
  );
  place().append(toast);
  setTimeout(() => toast.remove(), SHOWN_MS);
}

// A refusal is shown in the server's words; anything else is a failed connection.
export function errorSentence(error) {
  if (typeof error === "string") return error;
  return error instanceof ApiError ? error.message : t("error.network");
}

export function reportError(error) {
  showToast(errorSentence(error));
}
