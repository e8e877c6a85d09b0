// Slack's confirmation dialogue before an action.

import { freshId, h } from "./dom.js";
import { t } from "./labels.js";
import { textNode } from "./mrkdwn.js";

function button(className, text, fallback, choose) {
  return h("button", { type: "button", class: className, onclick: choose }, text ? textNode(text) : fallback);
}

// Resolves to true when the person agrees, to false on "no" and on Escape.
export function askConfirm(confirm) {
  return new Promise((resolve) => {
    const titleId = freshId("confirm");
    let agreed = false;
    const close = (answer) => () => {
      agreed = answer;
      dialog.close();
    };
    const danger = confirm.style === "danger" ? "button button-danger-filled" : "button button-primary";
    const dialog = h(
      "dialog",
      { class: "confirm", "aria-labelledby": titleId, "data-testid": "confirm" },
      h("h2", { id: titleId }, textNode(confirm.title)),
      h("div", { class: "confirm-text" }, textNode(confirm.text)),
      h(
        "div",
        { class: "confirm-buttons" },
        button("button", confirm.deny, t("confirm.no"), close(false)),
        button(danger, confirm.confirm, t("confirm.yes"), close(true)),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(agreed);
    });
    (document.querySelector("dialog[open]:last-of-type") ?? document.body).append(dialog);
    dialog.showModal();
    dialog.querySelector(".confirm-buttons button:last-child").focus();
  });
}
