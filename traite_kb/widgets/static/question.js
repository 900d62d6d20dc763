/* The question on the screen, and the answers given so far. */

function questionPart(screen, send) {
  const words = screen.words;
  const options = screen.focus.options.map(([value, label]) =>
    h("option", { value, text: label, selected: value === screen.focus.value }));
  const focus = h("select", { id: "tk-focus", "data-keep": "focus", onchange: (event) => send("focus", event.target.value) }, options);
  return h(
    "section",
    { class: "tk-card tk-question", "aria-label": words.title },
    h("div", { class: "tk-focus" }, h("label", { for: "tk-focus", text: words.focus }), focus),
    screen.question ? questionForm(screen, send) : finished(screen, send),
    answersGiven(screen, send),
  );
}

function questionForm(screen, send) {
  const { question, words } = screen;
  const error = h("p", { class: "tk-error", role: "alert", id: "tk-error" });
  const choices = question.options.map((option, index) => choice(index, option, question));
  choices.push(choice(-1, { label: words.unknown, clash: "" }, question));
  const submit = (event) => {
    event.preventDefault();
    const chosen = form.querySelector("input:checked");
    if (!chosen) {
      error.textContent = words.choose;
      form.querySelector("input:not(:disabled)").focus();
      return;
    }
    send("answer", { question: question.id, option: Number(chosen.value) });
  };
  const form = h(
    "form",
    { onsubmit: submit, "data-question": question.id },
    h("p", { class: "tk-number", text: question.number }),
    h(
      "fieldset",
      { "aria-describedby": "tk-why tk-error" },
      h("legend", {}, h("h2", { tabindex: "-1", class: "tk-legend", text: question.legend })),
      h("p", { id: "tk-why", class: "tk-why" }, question.why, question.note ? ` ${question.note}` : ""),
      h("div", { class: "tk-choices" }, choices),
    ),
    error,
    h(
      "div",
      { class: "tk-buttons" },
      h("button", { type: "submit", class: "tk-primary", text: words.next }),
      screen.can_go_back ? h("button", { type: "button", text: words.back, onclick: () => send("back") }) : null,
    ),
    sources(question.cites, words),
  );
  return form;
}

function choice(index, option, question) {
  const id = `tk-choice-${index}`;
  const input = h("input", {
    type: "radio", name: "tk-choice", id, value: index,
    disabled: Boolean(option.clash),
    "aria-describedby": option.clash ? `${id}-clash` : false,
  });
  input.checked = question.chosen === index;
  return h(
    "div",
    { class: "tk-choice" },
    input,
    h("label", { for: id, text: option.label }),
    option.clash ? h("p", { id: `${id}-clash`, class: "tk-clash", text: option.clash }) : null,
  );
}

function finished(screen, send) {
  const { words } = screen;
  return h(
    "div",
    { class: "tk-finished" },
    h("h2", { tabindex: "-1", class: "tk-legend", text: words.finished_title }),
    h("p", { text: words.finished }),
    screen.can_go_back
      ? h("div", { class: "tk-buttons" }, h("button", { type: "button", text: words.back, onclick: () => send("back") }))
      : null,
  );
}

function answersGiven(screen, send) {
  const { words, answers } = screen;
  if (!answers.length) return h("p", { class: "tk-note", text: words.start });
  const rows = answers.map((given) =>
    h(
      "li",
      { "data-answer": given.id },
      h("span", { class: "tk-answer-label", text: given.label }),
      h("strong", { class: "tk-answer", text: given.answer }),
      h("button", { type: "button", class: "tk-link", "aria-label": given.modify, text: words.modify, onclick: () => send("revise", given.id) }),
    ));
  return h(
    "div",
    { class: "tk-answers" },
    h("h3", { text: words.answers }),
    h("ol", {}, rows),
    eraser(words, send),
  );
}

function eraser(words, send) {
  const place = h("div", { class: "tk-erase" });
  const ask = h("button", { type: "button", class: "tk-link", text: words.erase });
  const calm = () => { place.replaceChildren(ask); ask.focus(); };
  ask.addEventListener("click", () => {
    const yes = h("button", { type: "button", text: words.erase_yes, onclick: () => send("erase") });
    const no = h("button", { type: "button", text: words.erase_no, onclick: calm });
    place.replaceChildren(h("p", { text: words.erase_sure }), h("div", { class: "tk-buttons" }, yes, no));
    no.focus();
  });
  place.append(ask);
  return place;
}
