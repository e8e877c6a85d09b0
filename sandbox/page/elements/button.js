// Buttons: plain, link, feedback pair, icon. A pressed button shows that it is working until the
// bot has taken the press.

import { h, safeUrl } from "../dom.js";
import { t } from "../labels.js";
import { plainText, textNode } from "../mrkdwn.js";
import { getMe } from "../workspace.js";

async function whileBusy(node, work) {
  node.classList.add("is-busy");
  node.setAttribute("aria-busy", "true");
  node.disabled = true;
  try {
    await work();
  } finally {
    node.classList.remove("is-busy");
    node.removeAttribute("aria-busy");
    node.disabled = false;
  }
}

function details(element) {
  return { text: element.text, value: element.value ?? null, ...(element.style ? { style: element.style } : {}) };
}

const STYLES = { primary: "button button-primary", danger: "button button-danger" };

export function button(element, place) {
  const node = h(
    "button",
    {
      type: "button",
      class: STYLES[element.style] ?? "button",
      "data-action-id": element.action_id,
      "data-field": `${place.blockId}/${element.action_id}`,
      "aria-label": element.accessibility_label ?? null,
    },
    h("span", { class: "button-text" }, textNode(element.text)),
  );
  node.addEventListener("click", () => {
    const href = element.url ? safeUrl(element.url) : null;
    if (href) window.open(href, "_blank", "noopener");
    return whileBusy(node, () => place.surface.act(element, place.blockId, details(element)));
  });
  return node;
}

function feedbackButton(element, choice, mark, place) {
  const name = choice.accessibility_label ?? plainText(choice.text);
  const node = h(
    "button",
    { type: "button", class: "icon-button", "aria-label": name, title: plainText(choice.text) },
    mark,
  );
  node.addEventListener("click", () =>
    whileBusy(node, () =>
      place.surface.act(element, place.blockId, { text: choice.text, value: choice.value }),
    ),
  );
  return node;
}

export function feedbackButtons(element, place) {
  return h(
    "span",
    { class: "feedback", role: "group" },
    feedbackButton(element, element.positive_button, "👍", place),
    feedbackButton(element, element.negative_button, "👎", place),
  );
}

const ICONS = { trash: "🗑" };

export function iconButton(element, place) {
  const seenBy = element.visible_to_user_ids;
  if (seenBy && !seenBy.includes(getMe()?.id)) return h("span", { hidden: true });
  if (!ICONS[element.icon]) {
    return h("span", { class: "unsupported" }, t("unsupported.element", { type: `icon ${element.icon}` }));
  }
  const name = plainText(element.text);
  const node = h(
    "button",
    { type: "button", class: "icon-button", title: name, "aria-label": element.accessibility_label ?? name },
    ICONS[element.icon],
  );
  node.addEventListener("click", () =>
    whileBusy(node, () => place.surface.act(element, place.blockId, details(element))),
  );
  return node;
}
