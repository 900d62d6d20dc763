/* What the rules say: the conclusion of each stage first, then why, and the sources. */

const CONCLUSIONS = { conditions_reunies: "yes", condition_manquante: "no", a_verifier: "unknown", hors_champ: "gap" };

const ADVERSE = { ...CONCLUSIONS, conditions_reunies: "no", condition_manquante: "gap" };

/* The conclusion and, beside it, that a refusal is possible: one never replaces the other. */
function conclusion(stage, screen) {
  const states = screen.stages[stage.id].adverse ? ADVERSE : CONCLUSIONS;
  const refusal = stage.refusal === "yes" ? badge("refusal", screen.words.refusal_chip) : null;
  return h("span", { class: "tk-chips" }, badge(states[stage.conclusion], stage.headline), refusal);
}

function conclusionsPart(screen, send) {
  const { words } = screen;
  const focused = screen.results.filter((stage) => stage.focused);
  const others = screen.results.filter((stage) => !stage.focused);
  return h(
    "section",
    { class: "tk-card tk-conclusions", "aria-labelledby": "tk-results" },
    h("h2", { id: "tk-results", text: words.results }),
    focused.map((stage) =>
      h("article", { class: "tk-focused", "data-stage": stage.id, "data-conclusion": stage.conclusion },
        h("p", { class: "tk-headline" }, h("span", { class: "tk-stage-title", text: screen.stages[stage.id].title }), conclusion(stage, screen)),
        said(stage, screen))),
    h("div", { class: "tk-stages" }, others.map((stage) =>
      h("details", { class: "tk-stage", "data-fold": `stage/${stage.id}`, "data-stage": stage.id, "data-conclusion": stage.conclusion },
        h("summary", {}, h("span", { class: "tk-stage-title", text: screen.stages[stage.id].title }), conclusion(stage, screen)),
        said(stage, screen),
        why(stage, screen, send)))),
  );
}

function said(stage, screen) {
  return [
    stage.sentences.map((sentence) => h("p", { class: "tk-sentence", text: sentence })),
    stage.refusal_sentence
      ? h("p", { class: `tk-sentence tk-refusal tk-refusal-${stage.refusal}`, text: stage.refusal_sentence })
      : null,
    stage.points.length ? h("div", { class: "tk-points" }, stage.points.map((point) => disputed(point, screen))) : null,
    sources(screen.stages[stage.id].cites, screen.words),
  ];
}

function detailsPart(screen, send) {
  const { words } = screen;
  const focused = screen.results.filter((stage) => stage.focused);
  return h(
    "section",
    { class: "tk-card tk-details", "aria-labelledby": "tk-why-title" },
    h("h2", { id: "tk-why-title", text: focused.length ? words.why : words.more }),
    focused.map((stage) => why(stage, screen, send, true)),
    fold("rights", words.rights_now, list(screen.rights_now.map((right) => [
      statement(badge(right.state, right.word), screen.rights[right.id].text), sources(screen.rights[right.id].cites, words)]), { class: "tk-lines" })),
    fold("helps", words.helps, list(screen.helps.map((help) => told(help, words)), { class: "tk-lines" })),
    fold("gaps", words.gaps, list(screen.gaps.map((gap) => told(gap, words)), { class: "tk-lines" })),
    fold("grades", words.grades, list(screen.grades, { class: "tk-lines" })),
    fold("code", words.code, h("pre", { class: "tk-code", tabindex: "0", "aria-label": words.code, text: screen.code })),
  );
}

function told(item, words) {
  return [h("span", { text: item.text }), item.note ? h("p", { class: "tk-note", text: item.note }) : null, sources(item.cites, words)];
}

function why(stage, screen, send, open = false) {
  const { words } = screen;
  const key = `stage/${stage.id}`;
  const applying = stage.norms.filter((norm) => norm.state !== "no");
  return [
    fold(`${key}/why`, words.conditions, list(stage.conditions.map((item) => line(item, screen, key)), { class: "tk-lines" }), open),
    questions(stage.missing, words.missing, `${key}/missing`, screen, send),
    questions(stage.refusal_missing, words.refusal_missing, `${key}/refusal`, screen, send),
    applying.length ? fold(`${key}/norms`, words.norms, list(applying.map((item) => line(item, screen, `${key}/norm`)), { class: "tk-lines" }), open) : null,
  ];
}

function questions(ids, title, key, screen, send) {
  if (!ids.length) return null;
  const buttons = ids.map((id) => h("button", { type: "button", class: "tk-link", text: screen.asks[id], onclick: () => send("revise", id) }));
  return fold(key, `${title} (${ids.length})`, list(buttons, { class: "tk-lines" }));
}

function disputed(point, screen) {
  const { words, nodes } = screen;
  const fixed = nodes[point.id];
  return h(
    "div",
    { class: "tk-point", "data-point": point.id },
    h("h3", { class: "tk-point-question" }, badge("point", point.word), h("span", { text: `${words.point} ${fixed.text}` })),
    fixed.note ? h("p", { class: "tk-note", text: fixed.note }) : null,
    h("p", { class: "tk-note", text: words.take_side }),
    list(point.parts.map((reading) => [
      h("strong", { text: `${reading.word}. ` }), h("span", { text: nodes[reading.id].text }),
      nodes[reading.id].note ? h("p", { class: "tk-note", text: nodes[reading.id].note }) : null,
      sources(nodes[reading.id].cites, words)]), { class: "tk-lines" }),
  );
}
