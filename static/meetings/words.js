// The words of the page come with the page, in its language; here they are only looked up and filled in.

let words = {};

export function readWords(element) {
  words = element.dataset;
}

// word("retryIn", {seconds: 4}): the data attribute data-retry-in with {seconds} filled in.
export function word(name, values = {}) {
  return fill(words[name] ?? "", values);
}

export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (hole, name) => (name in values ? String(values[name]) : hole));
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export function element(tag, className = "", ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}
