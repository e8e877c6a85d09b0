// Joins an element on the screen with its value in the form, and with the action that a change of
// it sends.

import { valueKey } from "../form.js";
import { plainText } from "../mrkdwn.js";

export function bind(element, place) {
  const { surface, blockId, dispatches } = place;
  const { form } = surface;

  function keep(value) {
    form.write(blockId, element, value);
  }

  function send(value) {
    return surface.act(element, blockId, { [valueKey(element)]: value });
  }

  return {
    field: `${blockId}/${element.action_id}`,
    value: form.read(blockId, element),
    keep,
    send,
    // A choice was made. Gives false, with the old value kept, when the person refused to confirm.
    async choose(value) {
      const before = form.read(blockId, element);
      keep(value);
      if (!dispatches) return true;
      const isSent = await send(value);
      if (!isSent) keep(before);
      return isSent;
    },
  };
}

// Attributes every control carries: its name for screen readers, and where its error stands.
export function controlAttributes(element, place) {
  return {
    "data-field": `${place.blockId}/${element.action_id}`,
    "data-action-id": element.action_id,
    "aria-labelledby": place.labelId ?? null,
    "aria-label": place.labelId ? null : element.placeholder ? plainText(element.placeholder) : place.name ?? null,
    "aria-describedby": place.describedBy ?? null,
    "aria-required": place.isRequired ? "true" : null,
    autofocus: element.focus_on_load === true,
  };
}
