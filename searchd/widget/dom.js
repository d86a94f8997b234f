// Elements made without a parser: strings become text and attributes, never markup.

/* h("p", {class: "x", part: "y", onclick: f}, "text", node, null): an element. Attributes that are null, undefined or
 * false are left out; "on…" are listeners. */
export function h(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child != null && child !== false));
  return node;
}

/* [["text", is a match], …] as nodes. */
export function marked(segments) {
  return (segments || []).map(([text, isMatch]) => (isMatch ? h("mark", { part: "mark" }, text) : text));
}

/* Makes nodes the children of parent without moving one that stands right: focus stays where it is. */
export function place(parent, nodes) {
  for (const child of [...parent.children]) if (!nodes.includes(child)) child.remove();
  nodes.forEach((node, i) => {
    if (parent.children[i] !== node) parent.insertBefore(node, parent.children[i] || null);
  });
}

/* A place that may be linked to: http or https, else null. */
export function webAddress(text, base) {
  try {
    const url = new URL(text, base);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}
