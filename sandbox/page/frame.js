// The fixed parts of the page and where they stand.

import { h } from "./dom.js";
import { language, t } from "./labels.js";
import { channelTitle, getApp } from "./workspace.js";

export function buildFrame() {
  const parts = {
    topbar: h("header", { class: "topbar" }),
    hint: h("aside", { class: "hint", hidden: true, "data-testid": "hint" }),
    rail: h("nav", { class: "rail" }),
    shade: h("div", { class: "rail-shade", hidden: true }),
    head: h("header", { class: "channel-head" }),
    uploads: h("div", { class: "uploads" }),
    messages: h("div", { class: "messages-side" }),
    main: h("main", { class: "channel" }),
  };
  parts.main.append(parts.head, parts.hint, parts.messages);
  parts.body = h("div", { class: "body" }, parts.rail, parts.shade, parts.main);
  return parts;
}

function tab(name, current, open) {
  const isCurrent = name === current;
  return h(
    "button",
    {
      type: "button", role: "tab", class: "tab", "data-testid": `tab-${name}`,
      "aria-selected": String(isCurrent), tabindex: isCurrent ? null : "-1", onclick: () => open(name),
    },
    t(`tab.${name}`),
  );
}

function tabs(current, open) {
  const row = h("div", { class: "tabs", role: "tablist", "aria-label": getApp().name });
  row.append(tab("home", current, open), tab("messages", current, open));
  row.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    open(current === "home" ? "messages" : "home");
    row.parentNode?.querySelector('[aria-selected="true"]')?.focus();
  });
  return row;
}

export function showChannelHead(node, channel, currentTab, openTab) {
  const signature = JSON.stringify([language(), channel ?? null, currentTab, channel ? channelTitle(channel) : ""]);
  if (node.dataset.signature === signature) return null;
  node.dataset.signature = signature;
  if (!channel) return node.replaceChildren();
  const focused = document.activeElement?.dataset?.testid;
  const mark = { im: "", private: "🔒︎ ", public: "# " }[channel.kind] ?? "# ";
  const members = Array.isArray(channel.members) ? channel.members.length : channel.members;
  const isDirect = channel.kind === "im";
  node.replaceChildren(
    h("h1", {}, mark, channelTitle(channel), isDirect ? h("span", { class: "badge" }, t("message.app")) : ""),
    channel.is_ext_shared ? h("span", { class: "shared-note" }, "🔗 ", t("rail.shared")) : "",
    isDirect ? tabs(currentTab, openTab) : h("span", { class: "quiet" }, members ? t("channel.members", { n: members }) : ""),
  );
  if (focused?.startsWith("tab-")) node.querySelector('[aria-selected="true"]')?.focus();
  return null;
}
