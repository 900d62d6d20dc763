/* What the rules say: the conclusion of each stage first, then why, and the sources. */

const CONCLUSIONS = { conditions_reunies: "yes", condition_manquante: "no", a_verifier: "unknown", hors_champ: "gap" };

function conclusion(stage) {
  return badge(CONCLUSIONS[stage.conclusion], stage.headline);
}

function conclusionsPart(screen, send) {
  const { words } = screen;
  const focused = screen.stages.filter((stage) => stage.focused);
  const others = screen.stages.filter((stage) => !stage.focused);
  return h(
    "section",
    { class: "tk-card tk-conclusions", "aria-labelledby": "tk-results" },
    h("h2", { id: "tk-results", text: words.results }),
    focused.map((stage) =>
      h("article", { class: "tk-focused", "data-stage": stage.id, "data-conclusion": stage.conclusion },
        h("p", { class: "tk-headline" }, h("span", { class: "tk-stage-title", text: stage.title }), conclusion(stage)),
        said(stage, words))),
    h("div", { class: "tk-stages" }, others.map((stage) =>
      h("details", { class: "tk-stage", "data-fold": `stage/${stage.id}`, "data-stage": stage.id, "data-conclusion": stage.conclusion },
        h("summary", {}, h("span", { class: "tk-stage-title", text: stage.title }), conclusion(stage)),
        said(stage, words),
        why(stage, words, send)))),
  );
}

function said(stage, words) {
  return [
    stage.sentences.map((sentence) => h("p", { class: "tk-sentence", text: sentence })),
    stage.refusal_sentence
      ? h("p", { class: `tk-sentence tk-refusal tk-refusal-${stage.refusal}`, text: stage.refusal_sentence })
      : null,
    stage.points.length ? h("div", { class: "tk-points" }, stage.points.map((point) => disputed(point, words))) : null,
    sources(stage.cites, words),
  ];
}

function detailsPart(screen, send) {
  const { words } = screen;
  const focused = screen.stages.filter((stage) => stage.focused);
  return h(
    "section",
    { class: "tk-card tk-details", "aria-labelledby": "tk-why-title" },
    h("h2", { id: "tk-why-title", text: focused.length ? words.why : words.more }),
    focused.map((stage) => why(stage, words, send, true)),
    fold("rights", words.rights_now, list(screen.rights.map((right) => [
      statement(badge(right.state, right.word), right.text), sources(right.cites, words)]), { class: "tk-lines" })),
    fold("helps", words.helps, list(screen.helps.map((help) => told(help, words)), { class: "tk-lines" })),
    fold("gaps", words.gaps, list(screen.gaps.map((gap) => told(gap, words)), { class: "tk-lines" })),
    fold("code", words.code, h("pre", { class: "tk-code", tabindex: "0", "aria-label": words.code, text: screen.code })),
  );
}

function told(item, words) {
  return [h("span", { text: item.text }), item.note ? h("p", { class: "tk-note", text: item.note }) : null, sources(item.cites, words)];
}

function why(stage, words, send, open = false) {
  const key = `stage/${stage.id}`;
  const applying = stage.norms.filter((norm) => norm.state !== "no");
  return [
    fold(`${key}/why`, words.conditions, list(stage.conditions.map((item) => line(item, words, key)), { class: "tk-lines" }), open),
    questions(stage.missing, words.missing, `${key}/missing`, send),
    questions(stage.refusal_missing, words.refusal_missing, `${key}/refusal`, send),
    applying.length ? fold(`${key}/norms`, words.norms, list(applying.map((item) => line(item, words, `${key}/norm`)), { class: "tk-lines" }), open) : null,
  ];
}

function questions(pairs, title, key, send) {
  if (!pairs.length) return null;
  const buttons = pairs.map(([id, ask]) => h("button", { type: "button", class: "tk-link", text: ask, onclick: () => send("revise", id) }));
  return fold(key, `${title} (${pairs.length})`, list(buttons, { class: "tk-lines" }));
}

function disputed(point, words) {
  return h(
    "div",
    { class: "tk-point" },
    h("h3", { class: "tk-point-question" }, badge("point", point.word), h("span", { text: `${words.point}\u00a0: ${point.text}` })),
    point.note ? h("p", { class: "tk-note", text: point.note }) : null,
    list(point.parts.map((reading) => [
      h("strong", { text: `${reading.word}. ` }), h("span", { text: reading.text }),
      reading.note ? h("p", { class: "tk-note", text: reading.note }) : null,
      sources(reading.cites, words)]), { class: "tk-lines" }),
  );
}
