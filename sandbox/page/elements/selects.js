// The ten select elements, each a combobox with its source.

import { plainText } from "../mrkdwn.js";
import { t } from "../labels.js";
import { bind, controlAttributes } from "./binding.js";
import { Combobox } from "./combobox.js";
import { channelsSource, externalSource, staticSource, storedChoice, usersSource } from "./sources.js";

const SOURCES = {
  static_select: staticSource,
  external_select: externalSource,
  users_select: usersSource,
  channels_select: channelsSource,
  conversations_select: channelsSource,
};

export function select(element, place) {
  const many = element.type.startsWith("multi_");
  const source = SOURCES[element.type.replace("multi_", "")](element, place);
  const binding = bind(element, place);
  const stored = many ? binding.value : [binding.value].filter((value) => value !== null);
  const box = new Combobox({
    source,
    many,
    chosen: stored.map(storedChoice),
    maximum: element.max_selected_items,
    canClear: place.isInput && !place.isRequired,
    attributes: controlAttributes(element, place),
    placeholder: element.placeholder ? plainText(element.placeholder) : t("select.placeholder"),
    onChange: (values) => binding.choose(many ? values : values[0] ?? null),
  });
  return box.node;
}
