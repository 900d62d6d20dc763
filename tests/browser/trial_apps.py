"""A throw-away folder of apps: every kind of widget that the project uses, and one that fails."""

from __future__ import annotations

from pathlib import Path

import nbformat

QUESTION = '''
import sys
import anywidget, ipywidgets, traitlets

class Question(anywidget.AnyWidget):
    _esm = """
function render({ model, el }) {
  el.innerHTML = `
    <h2>Question</h2>
    <fieldset><legend>La personne a-t-elle répondu ?</legend>
      <label><input type="radio" name="q" value="oui"> Oui</label>
      <label><input type="radio" name="q" value="non"> Non</label></fieldset>
    <p role="status" data-tk-updated="0"></p>`;
  const status = el.querySelector("[role=status]");
  el.addEventListener("change", (event) => {
    model.set("value", event.target.value);
    model.save_changes();
  });
  model.on("change:answer", () => {
    status.textContent = model.get("answer");
    status.dataset.tkUpdated = Number(status.dataset.tkUpdated) + 1;
  });
}
export default { render };
"""
    value = traitlets.Unicode("").tag(sync=True)
    answer = traitlets.Unicode("").tag(sync=True)

question = Question()
'''
WIDGETS = (
    QUESTION
    + """
question.observe(lambda change: question.set_trait("answer", "Reçu : " + change["new"]), "value")
choice = ipywidgets.Dropdown(options=["Un", "Deux"], description="Choix")
echo = ipywidgets.HTML('<p id="echo">Un</p>')
choice.observe(lambda change: echo.set_trait("value", f'<p id="echo">{change["new"]}</p>'), "value")
button = ipywidgets.Button(description="Recommencer", tooltip="")
python = ipywidgets.HTML(f'<p id="python">{sys.executable}</p>')
secret_of_the_source = 4217
ipywidgets.VBox([question, choice, echo, button, python])
"""
)
ALONE = (
    QUESTION
    + """
from IPython.display import HTML, SVG, display
display(question)
display(HTML("<p id='texte'>Un texte</p>"))
display(SVG('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="20" role="img" \\
aria-label="Un trait"><rect width="900" height="20"/></svg>'))
print("une ligne")
"""
)
FAILS = "raise ValueError('mot que personne ne doit lire')"


def write(folder: Path) -> Path:
    """Write the trial apps into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    _notebook(folder / "explorer.ipynb", "Essai", "# Essai de page", WIDGETS)
    _notebook(folder / "seul.ipynb", "Seul", "# Sans boîte autour", ALONE)
    _notebook(folder / "echec.ipynb", "Échec", "# Page qui échoue", FAILS)
    (folder / "notes.txt").write_text("rien pour le public", encoding="utf-8")
    return folder


def _notebook(path: Path, title: str, text: str, code: str) -> None:
    cells = [nbformat.v4.new_markdown_cell(text), nbformat.v4.new_code_cell(code)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"title": title, "kernelspec": kernel}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)
