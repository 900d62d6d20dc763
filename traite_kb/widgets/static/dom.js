/* Small pieces of page, made from data; text is always text, never markup. */

function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "text") element.textContent = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === "") continue;
    element.append(child);
  }
  return element;
}

function list(items, attributes = {}) {
  return items.length ? h("ul", attributes, items.map((item) => h("li", {}, item))) : null;
}

/* A part that opens and closes, and stays as the reader left it when the rest changes. */
function fold(key, summary, content, open = false) {
  if (!content || (Array.isArray(content) && !content.length)) return null;
  return h("details", { "data-fold": key, open }, h("summary", {}, summary), content);
}

function keepFolds(root) {
  const left = {};
  for (const details of root.querySelectorAll("details[data-fold]")) {
    left[details.dataset.fold] = details.open;
  }
  return () => {
    for (const details of root.querySelectorAll("details[data-fold]")) {
      if (details.dataset.fold in left) details.open = left[details.dataset.fold];
    }
  };
}

function sources(cites, words) {
  if (!cites || !cites.length) return null;
  const parts = cites.map((cite) => {
    const label = cite.url
      ? h("a", {
          href: cite.url,
          target: "_blank",
          rel: "noopener noreferrer",
          text: cite.text,
        }, h("span", { class: "tk-hidden", text: ` (${words.new_window})` }))
      : h("span", { text: cite.text });
    const doubt = cite.doubt ? h("span", { class: "tk-doubt", text: cite.doubt }) : null;
    return [label, doubt ? " " : "", doubt];
  });
  return h("ul", { class: "tk-cites", "aria-label": words.sources }, parts.map((p) => h("li", {}, p)));
}

const MARKS = {
  yes: "✔", no: "✕", unknown: "?", against_yes: "✕", against_no: "✔", against_unknown: "?",
  unanswered: "?", answered: "•", gap: "–", reading: "◐", refusal: "◐", chosen: "●", point: "◐",
};

function badge(state, word) {
  const mark = h("span", { class: "tk-mark", "aria-hidden": "true", text: MARKS[state] || "•" });
  return h("span", { class: `tk-badge tk-is-${state}` }, mark, h("span", { text: word }));
}

function statement(mark, text) {
  return h("span", { class: "tk-statement" }, mark, h("span", { class: "tk-statement-text", text }));
}

/* A line of an explanation: state, words and sources; what it rests on opens under it. */
function line(item, screen, path) {
  const { words, nodes } = screen;
  const fixed = nodes[item.id];
  const key = `${path}/${item.id}`;
  const said = statement(badge(item.state, item.word), fixed.text);
  const parts = item.parts
    ? list(item.parts.map((part) => line(part, screen, key)), { class: "tk-lines" })
    : null;
  return h(
    "div",
    { class: "tk-line", "data-line": item.id, "data-state": item.state },
    parts ? fold(key, said, parts) : h("div", { class: "tk-leaf" }, said),
    fixed.note ? h("p", { class: "tk-note", text: fixed.note }) : null,
    sources(fixed.cites, words),
  );
}
