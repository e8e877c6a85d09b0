// The three-dot menu.

import { h, safeUrl } from "../dom.js";
import { t } from "../labels.js";
import { plainText } from "../mrkdwn.js";
import { openMenu } from "../popover.js";

function choose(element, option, place) {
  const href = option.url ? safeUrl(option.url) : null;
  if (href) window.open(href, "_blank", "noopener");
  return place.surface.act(element, place.blockId, { selected_option: option });
}

export function overflow(element, place) {
  const label = element.accessibility_label ?? t("overflow.label");
  const node = h(
    "button",
    {
      type: "button",
      class: "button overflow-button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": label,
      "data-action-id": element.action_id,
      "data-field": `${place.blockId}/${element.action_id}`,
    },
    "⋯",
  );
  node.addEventListener("click", () => {
    const items = element.options.map((option) => ({
      text: plainText(option.text),
      description: option.description ? plainText(option.description) : null,
      choose: () => choose(element, option, place),
    }));
    openMenu(node, items, { label });
  });
  return node;
}
