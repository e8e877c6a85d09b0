// Brings the children of a node in line with a list, touching only what changed, so that a
// person who is typing keeps the caret, the scroll position and an unfinished conversion.

const kept = new WeakMap();

function focusedField(node) {
  const active = document.activeElement;
  if (!active || !node.contains(active) || !active.dataset.field) return null;
  const range = "selectionStart" in active && active.type !== "email" && active.type !== "number";
  return {
    field: active.dataset.field,
    range: range ? [active.selectionStart, active.selectionEnd] : null,
  };
}

function refocus(node, focus) {
  const field = [...node.querySelectorAll("[data-field]")].find(
    (candidate) => candidate.dataset.field === focus.field,
  );
  if (!field) return;
  field.focus({ preventScroll: true });
  if (focus.range && focus.range[0] !== null && field.setSelectionRange) {
    field.setSelectionRange(...focus.range);
  }
}

function replaceKept(parent, old, fresh) {
  const focus = focusedField(old);
  parent.replaceChild(fresh, old);
  if (focus) refocus(fresh, focus);
}

// items: [{key, signature, render}]; keys are unique within one parent.
export function reconcile(parent, items) {
  const before = kept.get(parent) ?? new Map();
  const after = new Map();
  const wanted = new Set(items.map((item) => item.key));
  for (const [key, entry] of before) if (!wanted.has(key)) entry.node.remove();
  items.forEach((item, index) => {
    let entry = before.get(item.key);
    if (!entry || entry.signature !== item.signature || entry.node.parentNode !== parent) {
      const node = item.render();
      if (entry && entry.node.parentNode === parent) replaceKept(parent, entry.node, node);
      entry = { node, signature: item.signature };
    }
    if (parent.childNodes[index] !== entry.node) {
      parent.insertBefore(entry.node, parent.childNodes[index] ?? null);
    }
    after.set(item.key, entry);
  });
  while (parent.childNodes.length > items.length) parent.lastChild.remove();
  kept.set(parent, after);
}
