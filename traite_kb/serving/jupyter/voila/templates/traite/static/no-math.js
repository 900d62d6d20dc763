// Stands where JupyterLab expects MathJax: no app shows a formula, and MathJax is large.
window.MathJax = {
  Ajax: {},
  Hub: {
    Config() {},
    Configured() {},
    Queue() {},
    Register: { StartupHook() {} },
  },
};
