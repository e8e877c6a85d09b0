// The left rail: the workspace, the channels of the person, the direct message with the app.

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { t } from "./labels.js";
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

function group(title, channels, state) {
  if (channels.length === 0) return null;
  return h("section", { class: "rail-group" }, h("h2", {}, title), channels.map((channel) => row(channel, state)));
}

export function showRail(node, state) {
  const mine = listMyChannels();
  const focused = document.activeElement?.dataset?.channel;
  node.setAttribute("aria-label", t("rail.label"));
  node.replaceChildren(
    h("div", { class: "team-name" }, getTeam().name ?? ""),
    ...[
      group(t("rail.channels"), mine.filter((channel) => channel.kind !== "im"), state),
      group(t("rail.direct"), mine.filter((channel) => channel.kind === "im"), state),
    ].filter(Boolean),
  );
  if (focused) node.querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus();
}
