// What Voilà does not do: say when the page is ready, and say when it no longer works.
(() => {
  "use strict";

  const SLOW_AFTER = 20000;
  const LOST_AFTER = 2500;
  const PATIENCE = 5000;
  const WAITING = 'script[type="application/vnd.voila.cell-output+json"]';

  // ---- The link with the kernel ------------------------------------------------------------
  // Voilà opens its own socket and tells nobody when it closes, so we look over its shoulder.
  const kernelSockets = new Set();
  let leaving = false;

  const showLost = () => {
    const box = document.getElementById("tk-lost");
    if (leaving || kernelSockets.size || !box || box.firstChild) return;
    const text = document.createElement("p");
    text.textContent = box.dataset.message;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = box.dataset.reload;
    button.addEventListener("click", () => location.reload());
    box.append(text, button);
    document.documentElement.dataset.tkLink = "lost";
  };

  const hideLost = () => {
    document.getElementById("tk-lost")?.replaceChildren();
    document.documentElement.dataset.tkLink = "open";
  };

  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...args) {
      super(...args);
      if (!/\/api\/kernels\/[^/]+\/channels/.test(String(args[0]))) return;
      this.addEventListener("open", () => {
        kernelSockets.add(this);
        hideLost();
      });
      this.addEventListener("close", () => {
        kernelSockets.delete(this);
        // JupyterLab tries again by itself: a short cut is not worth a message.
        setTimeout(showLost, LOST_AFTER);
      });
    }
  };

  window.addEventListener("pagehide", () => { leaving = true; });
  // A page that the browser kept while one was elsewhere has lost its kernel.
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  // ---- Console -----------------------------------------------------------------------------
  // Voilà brings JupyterLab in an older version than the widgets ask for: a dozen warnings, which
  // would hide the one that matters.
  const warn = console.warn.bind(console);
  console.warn = (...args) => {
    if (!/^(Unsatisfied version|No satisfying version) /.test(String(args[0]))) warn(...args);
  };

  // ---- Ready -------------------------------------------------------------------------------
  let patient = true;
  // A widget of ours is empty until its own script has run. One that stays empty is left so.
  const hollow = (root) =>
    [...root.querySelectorAll(".lm-Widget:not(.jupyter-widgets)")].some((n) => !n.hasChildNodes());

  const mounted = (output) => {
    const root = output.querySelector(".jp-OutputArea-output");
    if (!root) return false;
    if (!("tkWidget" in output.dataset)) return root.hasChildNodes();
    return root.childElementCount > 0 && !(patient && hollow(root));
  };

  const ready = () =>
    document.readyState === "complete" &&
    !document.querySelector(WAITING) &&
    [...document.querySelectorAll(".tk-output")].every(mounted);

  // Counted from here: while a kernel starts, the end of the page has not arrived yet.
  const slow = setTimeout(() => {
    const loading = document.getElementById("tk-loading");
    if (loading) loading.querySelector(".tk-words").textContent = loading.dataset.slow;
  }, SLOW_AFTER);

  document.addEventListener("DOMContentLoaded", () => {
    const main = document.getElementById("contenu");
    const cells = document.getElementById("tk-cells");
    if (!main || !cells) return;
    let asked = false;
    const look = () => {
      asked = false;
      if (!ready()) return;
      watcher.disconnect();
      clearTimeout(slow);
      main.dataset.tkState = "ready";
      document.getElementById("tk-loading")?.remove();
      performance.mark("tk-ready");
    };
    const ask = () => {
      if (asked || main.dataset.tkState === "ready") return;
      asked = true;
      queueMicrotask(look);
    };
    const watcher = new MutationObserver(ask);
    watcher.observe(cells, { childList: true, subtree: true });
    window.addEventListener("load", () => {
      ask();
      setTimeout(() => { patient = false; ask(); }, PATIENCE);
    });
  });

  // Voilà's scripts call these.
  window.voila_heartbeat = () => {};
  window.voila_finish = () => {};
  window.voila_process = () => {};
})();
