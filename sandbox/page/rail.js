// The left rail: the workspace, the channels of the person, the direct message with the app.

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { language, t } from "./labels.js";
import { reconcile } from "./reconcile.js";
import { channelTitle, getApp, getTeam, listMyChannels } from "./workspace.js";

function mark(channel) {
  if (channel.kind === "im") return avatar(getApp().name, true);
  return h("span", { class: "channel-mark", "aria-hidden": "true" }, channel.kind === "private" ? "🔒︎" : "#");
}

function row(channel, { current, unread, open }) {
  const isCurrent = channel.id === current;
  const isUnread = unread.has(channel.id);
  return h(
    "button",
    {
      type: "button",
      class: `channel-row${isCurrent ? " is-current" : ""}${isUnread ? " is-unread" : ""}`,
      "aria-current": isCurrent ? "page" : null,
      "data-testid": `channel-${channel.name || getApp().name.toLowerCase()}`,
      "data-channel": channel.id,
      "data-kind": channel.kind,
      onclick: () => open(channel.id),
    },
    mark(channel),
    h("span", { class: "channel-name" }, channelTitle(channel)),
    channel.kind === "im" ? h("span", { class: "badge" }, t("message.app")) : null,
    channel.is_ext_shared ? h("span", { class: "shared-mark", title: t("rail.shared"), role: "img", "aria-label": t("rail.shared") }, "🔗") : null,
    isUnread ? h("span", { class: "unread-dot", role: "img", "aria-label": t("rail.unread") }) : null,
  );
}

function rowItem(channel, state) {
  const signature = JSON.stringify([language(), channel, channelTitle(channel), channel.id === state.current, state.unread.has(channel.id)]);
  return { key: channel.id, signature, render: () => row(channel, state) };
}

function showGroup(node, title, channels, state) {
  const head = { key: "title", signature: title, render: () => h("h2", {}, title) };
  reconcile(node, [head, ...channels.map((channel) => rowItem(channel, state))]);
}

// News elsewhere draw one row anew and leave the others to whoever is just pressing them.
export function showRail(node, state) {
  const mine = listMyChannels();
  const focused = document.activeElement?.dataset?.channel;
  const team = getTeam().name ?? "";
  const groups = [
    ["rail.channels", mine.filter((channel) => channel.kind !== "im")],
    ["rail.direct", mine.filter((channel) => channel.kind === "im")],
  ].filter(([, channels]) => channels.length > 0);
  node.setAttribute("aria-label", t("rail.label"));
  reconcile(node, [
    { key: "team", signature: team, render: () => h("div", { class: "team-name" }, team) },
    ...groups.map(([key]) => ({ key, signature: "", render: () => h("section", { class: "rail-group" }) })),
  ]);
  groups.forEach(([key, channels], index) => showGroup(node.children[index + 1], t(key), channels, state));
  if (focused) node.querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus();
}
