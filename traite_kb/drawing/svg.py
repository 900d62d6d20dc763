"""A picture as SVG text that a page can hold, and as files."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

from traite_kb.drawing.painting import Painter, own_settings
from traite_kb.drawing.picture import Picture

FONT = '"DejaVu Sans", Verdana, sans-serif'
_SVG = "http://www.w3.org/2000/svg"
_A4 = (595.276, 841.89)

_CLASSES = {
    "paper": "tk-d-paper",
    "key": "tk-d-key",
    "header": "tk-d-title",
    "source": "tk-d-note",
    "footer": "tk-d-note",
    "band": "tk-d-band",
    "head": "tk-d-head",
    "title": "tk-d-title",
    "box": "tk-d-box",
    "label": "tk-d-label",
    "mark": "tk-d-mark",
    "word": "tk-d-word",
    "line": "tk-d-line",
    "tip": "tk-d-tip",
}


def svg(picture: Picture, prefix: str = "") -> str:
    """Draw a picture as SVG: real text, stable ids, a title and a description, no fixed size.

    The same picture always gives the same text.

    Parameters
    ----------
    picture : Picture
    prefix : str
        Put before every id, so that several pictures can stand in one page.
    """
    written = io.StringIO()
    with own_settings():
        figure = Painter(picture).paint()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    drawn = ET.fromstring(written.getvalue())
    root = ET.Element("svg", {
        "xmlns": _SVG,
        "viewBox": f"0 0 {picture.width:g} {picture.height:g}",
        "class": "tk-drawing",
        "role": "img",
        "lang": picture.lang,
        "aria-labelledby": f"{prefix}title",
        "aria-describedby": f"{prefix}description",
        "font-family": FONT,
        "stroke-linejoin": "round",
    })  # fmt: skip
    ET.SubElement(root, "title", {"id": f"{prefix}title"}).text = picture.title
    ET.SubElement(root, "desc", {"id": f"{prefix}description"}).text = picture.description
    states = {f"step-{box.step}": box.state for box in picture.boxes if box.state}
    names = _names(picture)
    figure_group = next(child for child in drawn if child.tag == f"{{{_SVG}}}g")
    for group in figure_group:
        root.extend(_clean(group, names, prefix))
    for group in root.iter("g"):
        state = states.get(group.get("id", "").removeprefix(prefix))
        if state:
            group.set("class", f"tk-state-{state.value}")
    return ET.tostring(root, encoding="unicode")


def _names(picture: Picture) -> dict[str, str]:
    """Give the class of every named group."""
    parts: dict[str, tuple[str, ...]] = {
        f"step-{box.step}": ("box", "label", "mark", "word") for box in picture.boxes
    }
    parts |= {f"arrow-{a.start}-{a.end}": ("line", "tip") for a in picture.arrows}
    parts |= {f"lane-{lane.actor.value}": ("band", "head", "title") for lane in picture.lanes}
    names = dict.fromkeys(parts, "")
    for name, kinds in parts.items():
        names |= {f"{name}-{kind}": _CLASSES[kind] for kind in kinds}
    return names | {name: _CLASSES[name] for name in ("paper", "key", "header", "source", "footer")}


def _clean(element: ET.Element, names: dict[str, str], prefix: str) -> list[ET.Element]:
    """Keep the named groups, the shapes and the texts; drop the groups that only wrap them."""
    kind = element.tag.rpartition("}")[2]
    inside = [part for child in element for part in _clean(child, names, prefix)]
    name = element.get("id", "")
    if kind == "g" and name in names:
        group = ET.Element("g", {"id": prefix + name})
        if names[name]:
            group.set("class", names[name])
        group.extend(inside)
        return [group]
    if kind == "path":
        return [ET.Element("path", {"d": _short(element.get("d", "")), **_looks(element)})]
    if kind == "text":
        place = {key: _short(element.get(key, "")) for key in ("x", "y")}
        text = ET.Element("text", {**place, **_looks(element)})
        text.text = element.text
        return [text]
    return inside


def _looks(element: ET.Element) -> dict[str, str]:
    """Give the style as attributes: a style sheet overrides them, and strict pages allow them."""
    looks: dict[str, str] = {}
    for part in filter(None, element.get("style", "").split(";")):
        key, _, value = (piece.strip() for piece in part.partition(":"))
        if key in ("fill", "stroke", "stroke-width", "stroke-dasharray", "text-anchor"):
            looks[key] = value
        elif key in ("font", "font-size") and (size := re.search(r"([\d.]+)px", value)):
            looks["font-size"] = size[1]
        if key in ("font", "font-weight") and re.match(r"(?:bold|[6-9]00)\b", value):
            looks["font-weight"] = "bold"
    if looks.get("text-anchor") == "start":
        del looks["text-anchor"]
    if element.tag.endswith("text"):
        looks.setdefault("fill", "#000000")
    return looks


def _short(numbers: str) -> str:
    rounded = re.sub(r"-?\d+\.\d+", lambda number: f"{float(number[0]):.2f}", numbers)
    rounded = re.sub(r"(\.\d*?)0+\b", r"\1", rounded)
    return re.sub(r"\s+", " ", re.sub(r"\.(?!\d)", "", rounded)).strip()


def write(picture: Picture, path: Path) -> None:
    """Write a picture as PNG (three dots for a pixel) or as PDF (A4 portrait)."""
    page = _A4 if path.suffix.lower() == ".pdf" else None
    with own_settings():
        figure = Painter(picture, page).paint()
        if page:
            about = {"Title": picture.title, "Subject": picture.description, "CreationDate": None}
            figure.savefig(path, format="pdf", metadata=about)
        else:
            figure.savefig(path, format="png", dpi=216, metadata={"Title": picture.title})
