/* The whole screen: built once, then brought up to date after each move. */

function render({ model, el }) {
  let moves = 0;
  const send = (kind, value = null) => {
    moves += 1;
    model.set("move", { kind, value, number: moves });
    model.save_changes();
  };
  const live = h("div", { class: "tk-hidden", role: "status", "aria-live": "polite", "aria-atomic": "true" });
  const masthead = h("div", { class: "tk-masthead" });
  const question = h("div", { class: "tk-question-place" });
  const conclusions = h("div", { class: "tk-conclusions-place" });
  const details = h("div", { class: "tk-details-place" });
  const notices = h("div", { class: "tk-notices" });
  let path = pathwayPart(model.get("frame"));
  const pathPlace = h("div", { class: "tk-pathway-place" }, path.part);
  el.classList.add("tk-explorer");
  el.append(live, masthead, h("div", { class: "tk-grid" }, question, conclusions, pathPlace, details), notices);

  let shownQuestion = null;
  let shownLang = null;

  const update = () => {
    const screen = { ...model.get("frame"), ...model.get("screen") };
    const first = shownLang === null;
    const active = el.contains(document.activeElement) ? document.activeElement.dataset.keep : "";
    if (screen.lang !== shownLang) {
      shownLang = screen.lang;
      path = pathwayPart(screen);
      pathPlace.replaceChildren(path.part);
      takePicture(path.stage, model.get("picture"));
      masthead.replaceChildren(...head(screen, send));
      notices.replaceChildren(...foot(screen));
      el.setAttribute("lang", screen.lang);
      document.documentElement.lang = screen.lang;
    }
    const restore = keepFolds(el);
    const picked = question.querySelector("input:checked");
    const asked = screen.question ? screen.question.id : "";
    question.replaceChildren(questionPart(screen, send));
    conclusions.replaceChildren(conclusionsPart(screen, send));
    details.replaceChildren(detailsPart(screen, send));
    path.words_list.replaceChildren(stepsInWords(screen, model.get("marks")));
    restore();
    light(path.stage, screen.path, model.get("marks"));
    document.title = `${screen.question ? screen.question.legend : screen.words.finished_title} – ${screen.title}`;
    if (asked === shownQuestion && picked && !question.querySelector("input:checked")) {
      question.querySelector(`input[value="${picked.value}"]`).checked = true;
    }
    if (active) el.querySelector(`[data-keep="${active}"]`).focus();
    else if (!first && asked !== shownQuestion) question.querySelector(".tk-legend").focus();
    shownQuestion = asked;
    el.dataset.tkUpdated = String(moves);
  };

  const announce = () => {
    const said = model.get("announcement");
    live.textContent = said.text || "";
  };
  const picture = () => takePicture(path.stage, model.get("picture"));
  model.on("change:picture", picture);
  model.on("change:screen", update);
  model.on("change:announcement", announce);
  update();
  return () => {
    model.off("change:picture", picture);
    model.off("change:screen", update);
    model.off("change:announcement", announce);
  };
}

function head(screen, send) {
  const { words } = screen;
  const other = screen.lang === "fr" ? "en" : "fr";
  return [
    h("h1", { text: screen.title }),
    h("p", { class: "tk-notice", text: screen.notices[0] }),
    h(
      "div",
      { class: "tk-tools" },
      h("details", { class: "tk-orientation", "data-fold": "orientation" },
        h("summary", { text: words.orientation }),
        h("p", { text: screen.notices[2] }),
        h("p", { text: words.orientation_body }),
        h("p", { class: "tk-note", text: words.orientation_source })),
      h("button", { type: "button", "data-keep": "lang", lang: other, title: words.lang_hint, text: words.lang, onclick: () => send("lang", other) }),
    ),
  ];
}

function foot(screen) {
  return screen.notices.slice(1).map((notice) => h("p", { text: notice }));
}

export default { render };
