// Brings the children of a node in line with a list, touching only what changed, so that a
// person who is typing keeps the caret, the scroll position and an unfinished conversion.

const kept = new WeakMap();

function caretOf(field) {
  const hasCaret = "selectionStart" in field && field.type !== "email" && field.type !== "number";
  return hasCaret ? [field.selectionStart, field.selectionEnd] : null;
}

// A choice half searched for stands in no form, so the text is taken along.
function focusedField(node) {
  const active = document.activeElement;
  if (!active || !node.contains(active) || !active.dataset.field) return null;
  const isSearching = active.matches('[role="combobox"][aria-expanded="true"]');
  return { field: active.dataset.field, caret: caretOf(active), typed: isSearching ? active.value : null };
}

function refocus(node, focus) {
  const field = [...node.querySelectorAll("[data-field]")].find(
    (candidate) => candidate.dataset.field === focus.field,
  );
  if (!field) return;
  field.focus({ preventScroll: true });
  if (focus.typed !== null && field.matches('[role="combobox"]')) {
    field.value = focus.typed;
    field.dispatchEvent(new Event("input"));
  }
  if (focus.caret && focus.caret[0] !== null && field.setSelectionRange) {
    field.setSelectionRange(...focus.caret);
  }
}

// Whoever loses the focus hears of it while still in its place, and puts its open list away.
function leave(node) {
  if (node.contains(document.activeElement)) document.activeElement.blur();
}

function replaceKept(parent, old, fresh) {
  const focus = focusedField(old);
  leave(old);
  parent.replaceChild(fresh, old);
  if (focus) refocus(fresh, focus);
}

// items: [{key, signature, render}]; keys are unique within one parent.
export function reconcile(parent, items) {
  const before = kept.get(parent) ?? new Map();
  const after = new Map();
  const wanted = new Set(items.map((item) => item.key));
  for (const [key, entry] of before) {
    if (wanted.has(key)) continue;
    leave(entry.node);
    entry.node.remove();
  }
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
