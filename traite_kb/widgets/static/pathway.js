/* The pathway by actor: a picture taken once and lit by classes, and the same in words. */

function pathwayPart(screen) {
  const { words } = screen;
  const stage = h("div", { class: "tk-picture", tabindex: "0", role: "group", "aria-label": words.picture });
  const words_list = h("div", {});
  const part = h(
    "section",
    { class: "tk-card tk-pathway", "aria-labelledby": "tk-pathway-title" },
    h("h2", { id: "tk-pathway-title", text: words.picture }),
    h("p", { class: "tk-note tk-picture-hint", text: words.picture_hint }),
    stage,
    words_list,
  );
  return { part, stage, words_list };
}

function takePicture(stage, svg) {
  /* The picture comes from the program, never from an answer. */
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  stage.replaceChildren(document.importNode(parsed.documentElement, true));
}

function light(stage, steps, marks) {
  for (const step of steps) {
    const group = stage.querySelector(`#step-${CSS.escape(step.id)}`);
    if (!group) continue;
    const classes = [...group.classList].filter((name) => !name.startsWith("tk-state-"));
    group.setAttribute("class", [...classes, `tk-state-${step.state}`].join(" "));
    setText(group, `step-${step.id}-mark`, marks[step.state] || "");
    setText(group, `step-${step.id}-word`, step.word);
  }
}

function setText(group, id, text) {
  const target = group.querySelector(`#${CSS.escape(id)} text`) || group.querySelector(`text#${CSS.escape(id)}`);
  if (target) target.textContent = text;
}

function stepsInWords(screen, marks) {
  const { words, steps } = screen;
  const items = screen.path.map((found) => {
    const step = steps[found.id];
    return h(
      "li",
      { class: `tk-step tk-step-${found.state}`, "data-step": found.id, "data-state": found.state },
      h("div", { class: "tk-line-head" },
        h("span", { class: "tk-step-state" }, h("span", { "aria-hidden": "true", text: `${marks[found.state] || "•"} ` }), found.word),
        h("strong", { text: step.text }), h("span", { class: "tk-actor", text: step.actor })),
      found.because ? h("p", { class: "tk-note", text: found.because }) : null,
      step.note ? h("p", { class: "tk-note", text: step.note }) : null,
      found.deadline ? h("p", { class: "tk-note", text: `${words.deadline} ${found.deadline}` }) : null,
      papers(words.provide, step.provide),
      papers(words.receive, step.receive),
      sources(step.cites, words),
    );
  });
  return fold("steps", words.text_version, h("ol", { class: "tk-steps" }, items));
}

function papers(title, items) {
  return items.length ? h("div", {}, h("span", { class: "tk-note", text: title }), list(items, { class: "tk-lines" })) : null;
}
