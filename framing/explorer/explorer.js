// Filters hits by measure and voice, ties list and text together, and takes corrections.
// Offsets count code points, so the text is an array of them.
const NO_HIT = "no hit";

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key in made && typeof value !== "string") made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function choice(legend, names, off, redraw) {
  const box = element("fieldset", {}, element("legend", {}, legend));
  for (const name of names) {
    const input = element("input", {
      type: "checkbox", value: name, checked: !off.has(name),
      onchange: (event) => {
        event.target.checked ? off.delete(name) : off.add(name);
        redraw();
      },
    });
    box.append(element("label", {}, input, " " + name.replaceAll("_", " ")));
  }
  return box;
}

function cut(length, hits, runs) {
  const edges = new Set([0, length]);
  for (const hit of hits) edges.add(hit.start).add(hit.end);
  for (const [start, end] of runs) edges.add(start).add(end);
  const bounds = [...edges].filter((e) => e >= 0 && e <= length).sort((a, b) => a - b);
  const pieces = [];
  let run = 0;
  for (let i = 0; i + 1 < bounds.length; i++) {
    const [start, end] = [bounds[i], bounds[i + 1]];
    while (run < runs.length && runs[run][1] <= start) run++;
    const voice = run < runs.length && runs[run][0] <= start ? runs[run][2] : "outlet";
    const over = hits.filter((hit) => hit.start <= start && hit.end >= end);
    over.sort((a, b) => a.end - a.start - (b.end - b.start));
    pieces.push({ start, end, voice, over });
  }
  return pieces;
}

function render({ model, el }) {
  const off = { measures: new Set(), voices: new Set() };
  let chosen = null;
  const side = element("section", { "aria-label": "Hits" });
  const shown = element("section", { "aria-label": "Text" });
  const root = element("div", { class: "framing-explorer" }, side, shown);
  el.append(root);

  const visible = () => model.get("page").hits.filter(
    (hit) => !off.measures.has(hit.extractor) && !off.voices.has(hit.voice));

  function choose(number) {
    chosen = number;
    draw();
    const mark = shown.querySelector(`mark[data-hit~="${number}"]`);
    if (mark) mark.scrollIntoView({ block: "center" });
  }

  function form(hit) {
    const mark = model.get("marks")[hit.number] ?? { label: hit.label, note: "" };
    const select = element("select", { "aria-label": "Right label" });
    for (const name of [...model.get("measures")[hit.extractor], NO_HIT]) {
      select.append(element("option", { value: name, selected: name === mark.label }, name));
    }
    const note = element("input", { type: "text", placeholder: "note", "aria-label": "Note" });
    note.value = mark.note;
    const save = () => {
      const marks = { ...model.get("marks") };
      marks[hit.number] = { label: select.value, note: note.value };
      model.set("marks", marks);
      model.save_changes();
      draw();
    };
    const undo = () => {
      const { [hit.number]: gone, ...rest } = model.get("marks");
      model.set("marks", rest);
      model.save_changes();
      draw();
    };
    const speaker = hit.speaker ? `, ${hit.speaker}` : "";
    return element("div", { class: "framing-correct" },
      element("div", {}, `${hit.extractor.replaceAll("_", " ")}: ${hit.label}`),
      element("small", {}, `voice ${hit.voice}${speaker}; rule ${hit.rule}`),
      element("div", {}, select, " ", note, " ",
        element("button", { class: "framing-save", onclick: save }, "Correct"), " ",
        element("button", { onclick: undo }, "Undo")));
  }

  function drawSide(chars, hits) {
    const documents = model.get("documents");
    const pick = element("select", { "aria-label": "Document",
      onchange: (event) => turn(Number(event.target.value)) });
    documents.forEach((one, i) => pick.append(element("option",
      { value: String(i), selected: i === model.get("current") }, `${one.title} (${one.hits})`)));
    const voices = [...new Set(model.get("page").hits.map((hit) => hit.voice))].sort();
    const list = element("ol");
    for (const hit of hits) {
      const done = model.get("marks")[hit.number];
      const words = chars.slice(hit.start, hit.end).join("");
      const line = element("button", { "aria-pressed": String(hit.number === chosen),
        onclick: () => choose(hit.number) },
        words, " ", element("small", {}, `${hit.label}, ${hit.voice}` +
          (done ? ` → ${done.label}` : "")));
      list.append(element("li", {}, line));
      if (hit.number === chosen) list.lastChild.append(form(hit));
    }
    const marked = Object.keys(model.get("marks")).length;
    side.replaceChildren(pick,
      choice("measure", Object.keys(model.get("measures")), off.measures, draw),
      choice("voice", voices, off.voices, draw),
      element("small", { class: "framing-count" },
        `${hits.length} of ${model.get("page").hits.length} hits, ${marked} corrected`), list);
  }

  function drawText(chars, hits) {
    const text = element("div", { class: "framing-text", lang: "en" });
    for (const piece of cut(chars.length, hits, model.get("page").runs)) {
      const words = chars.slice(piece.start, piece.end).join("");
      let node = words;
      if (piece.over.length) {
        const hit = piece.over[0];
        const classes = [["outlet", "title", "scare"].includes(hit.voice) ? "own" : "told"];
        if (piece.over.some((one) => one.number === chosen)) classes.push("chosen");
        if (model.get("marks")[hit.number]) classes.push("corrected");
        node = element("mark", { class: classes.join(" "),
          "data-hit": piece.over.map((one) => one.number).join(" "),
          title: `${hit.extractor}: ${hit.label}`, onclick: () => choose(hit.number) }, words);
      }
      text.append(piece.voice === "outlet" ? node
        : element("span", { class: piece.voice, title: piece.voice }, node));
    }
    shown.replaceChildren(text);
  }

  function draw() {
    const page = model.get("page");
    if (!page.hits) {
      side.replaceChildren("The corpus has no documents.");
      return;
    }
    const chars = Array.from(page.text);
    const hits = visible();
    const at = shown.scrollTop;
    drawSide(chars, hits);
    drawText(chars, hits);
    shown.scrollTop = at;
  }

  function turn(number) {
    chosen = null;
    model.set("current", number);
    model.save_changes();
  }

  model.on("change:page", draw);
  model.on("change:marks", draw);
  draw();
  return () => {
    model.off("change:page", draw);
    model.off("change:marks", draw);
  };
}

export default { render };
