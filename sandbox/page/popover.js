// A box that floats beside a control: menus and lists of choices. The browser's popover keeps it
// above dialogs, closes it on Escape and on a click elsewhere.

import { h } from "./dom.js";

const GAP = 4;
const EDGE = 8;

export function placeBeside(box, anchor, { align = "start", above = false } = {}) {
  const at = anchor.getBoundingClientRect();
  const width = box.offsetWidth;
  const height = box.offsetHeight;
  const wished = align === "end" ? at.right - width : at.left;
  const left = Math.max(EDGE, Math.min(wished, innerWidth - width - EDGE));
  const below = at.bottom + GAP;
  const fitsBelow = below + height <= innerHeight - EDGE;
  const top = above || !fitsBelow ? Math.max(EDGE, at.top - height - GAP) : below;
  Object.assign(box.style, { left: `${left}px`, top: `${top}px` });
}

function moveFocus(menu, step) {
  const items = [...menu.querySelectorAll('[role="menuitem"]:not([disabled])')];
  if (items.length === 0) return;
  const at = items.indexOf(document.activeElement);
  items[(at + step + items.length) % items.length].focus();
}

function menuKeys(menu) {
  return (event) => {
    if (event.key === "ArrowDown") moveFocus(menu, 1);
    else if (event.key === "ArrowUp") moveFocus(menu, -1);
    else return;
    event.preventDefault();
  };
}

function menuItem(menu, item) {
  const choose = () => {
    menu.hidePopover();
    item.choose();
  };
  return h(
    "button",
    { type: "button", role: "menuitem", class: "menu-item", disabled: !item.choose, onclick: choose },
    item.icon ? h("span", { class: "menu-icon", "aria-hidden": "true" }, item.icon) : null,
    h(
      "span",
      { class: "menu-text" },
      h("span", {}, item.text),
      item.description ? h("span", { class: "menu-description" }, item.description) : null,
    ),
  );
}

// items: [{text, description?, icon?, choose?}]; without choose the line is only read.
export function openMenu(anchor, items, { label, align = "end" }) {
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label, popover: "auto" });
  menu.append(...items.map((item) => menuItem(menu, item)));
  menu.addEventListener("keydown", menuKeys(menu));
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    if (menu.contains(document.activeElement) || document.activeElement === document.body) anchor.focus();
    menu.remove();
  });
  (anchor.closest("dialog") ?? document.body).append(menu);
  menu.showPopover();
  anchor.setAttribute("aria-expanded", "true");
  placeBeside(menu, anchor, { align });
  moveFocus(menu, 1);
  return menu;
}
