// Where the choices of a select come from: the element itself, the bot, or the workspace.

import { t } from "../labels.js";
import { plainText } from "../mrkdwn.js";
import { channelTitle, findChannel, findUser, listMyChannels, listUsers, userName } from "../workspace.js";

const TYPING_PAUSE_MS = 250;
const SLACKS_DEFAULT_MINIMUM = 3;

export function optionChoice(option) {
  return {
    key: option.value,
    label: plainText(option.text),
    description: option.description ? plainText(option.description) : null,
    value: option,
  };
}

function groupsOf({ options, option_groups: groups }) {
  if (groups) {
    return groups.map((group) => ({
      label: plainText(group.label),
      choices: group.options.map(optionChoice),
    }));
  }
  return [{ choices: (options ?? []).map(optionChoice) }];
}

function fold(text) {
  return text.normalize("NFKC").toLowerCase();
}

function narrowed(groups, query) {
  if (!query) return groups;
  const wanted = fold(query);
  return groups
    .map(({ label, choices }) => ({
      label,
      choices: choices.filter((choice) => fold(choice.label).includes(wanted)),
    }))
    .filter(({ choices }) => choices.length > 0);
}

export function staticSource(element) {
  const groups = groupsOf(element);
  return async (query) => ({ groups: narrowed(groups, query) });
}

// Asks the bot once the person pauses; an answer to an older query is dropped by the combobox.
export function externalSource(element, place) {
  const minimum = element.min_query_length ?? SLACKS_DEFAULT_MINIMUM;
  let lastTurn = 0;
  return async (query, showLoading) => {
    lastTurn += 1;
    const turn = lastTurn;
    if (query.length < minimum) return { note: t("select.typeMore", { n: minimum - query.length }) };
    showLoading();
    await new Promise((resolve) => {
      setTimeout(resolve, TYPING_PAUSE_MS);
    });
    if (turn !== lastTurn) return null;
    try {
      return { groups: groupsOf(await place.surface.suggest(place.blockId, element.action_id, query)) };
    } catch {
      return { note: t("select.failed") };
    }
  };
}

function userChoice(user) {
  return {
    key: user.id,
    label: user.real_name || user.name,
    description: user.role_label || null,
    value: user.id,
  };
}

function channelChoice(channel) {
  const mark = channel.kind === "im" ? "" : channel.kind === "private" ? "🔒 " : "# ";
  return { key: channel.id, label: `${mark}${channelTitle(channel)}`, value: channel.id };
}

export function usersSource() {
  return async (query) => ({ groups: narrowed([{ choices: listUsers().map(userChoice) }], query) });
}

const KINDS = { public: "public", private: "private", im: "im" };

function isWanted(channel, element) {
  if (element.type.includes("channels")) return channel.kind === KINDS.public;
  const { include, exclude_external_shared_channels: noShared } = element.filter ?? {};
  if (noShared && channel.is_ext_shared) return false;
  return !include || include.includes(channel.kind);
}

export function channelsSource(element) {
  return async (query) => {
    const choices = listMyChannels()
      .filter((channel) => isWanted(channel, element))
      .map(channelChoice);
    return { groups: narrowed([{ choices }], query) };
  };
}

// The choice for a stored value (an option, a user id or a channel id).
export function storedChoice(value) {
  if (typeof value === "object") return optionChoice(value);
  const user = findUser(value);
  if (user) return userChoice(user);
  const channel = findChannel(value);
  return channel ? channelChoice(channel) : { key: value, label: userName(value) ?? value, value };
}
