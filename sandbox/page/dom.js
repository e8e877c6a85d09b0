// Builds DOM nodes. Text only ever becomes text nodes: no markup is parsed from data, so what a
// bot or a person writes can never become an element.

const SVG = "http://www.w3.org/2000/svg";

const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "multiple", "hidden"]);

function applyAttribute(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "class") node.setAttribute("class", value);
  else if (name === "style") Object.assign(node.style, value);
  else if (name === "dataset") Object.assign(node.dataset, value);
  else if (PROPERTIES.has(name) && name in node) node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  append(node, children);
  for (const [name, value] of Object.entries(attributes)) applyAttribute(node, name, value);
  return node;
}

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  append(node, children);
  for (const [name, value] of Object.entries(attributes)) applyAttribute(node, name, value);
  return node;
}

export function fragment(...children) {
  return append(document.createDocumentFragment(), children);
}

let lastId = 0;

export function freshId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

// Addresses a bot may link to or load. "javascript:" and friends give null.
export function safeUrl(url, schemes = ["http:", "https:", "mailto:", "tel:"]) {
  try {
    const parsed = new URL(String(url), location.href);
    return schemes.includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

export function link(url, ...children) {
  const href = safeUrl(url);
  if (!href) return h("span", {}, ...children);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}
