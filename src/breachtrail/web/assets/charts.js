// Charts come as drawings. When somebody points at one, or reaches it by keyboard, the library that drew it is fetched once, and the same
// specification is drawn again in place, now answering: what it says at each point stands in the chart's own table.
"use strict";

const self_ = document.currentScript;
let library = null;
let specs_ = null;

// A page tells the specification of each of its charts at its own address; among plain files, one script beside the page holds all
// (from a disk a browser reads scripts, and nothing else).
async function specsOf(figure) {
  if (self_.dataset.specs) return (await loadSpecs(self_.dataset.specs))[figure.id];
  const answer = await fetch(addressOf(figure));
  if (!answer.ok) throw answer.status;
  return answer.json();
}

function loadSpecs(address) {
  specs_ ??= new Promise((resolve, reject) => {
    globalThis.breachtrailCharts = resolve;
    load(address, reject);
  });
  return specs_;
}

function load(address, onerror, onload = null) {
  const script = document.createElement("script");
  Object.assign(script, { src: address, onload, onerror });
  document.head.append(script);
}

function addressOf(figure) {
  const address = new URL(window.location.href);
  address.hash = "";
  address.searchParams.set("chart", figure.id);
  return address;
}

function loadLibrary(address) {
  library ??= new Promise((resolve, reject) => load(address, reject, () => resolve(globalThis.BreachTrailVega)));
  return library;
}

// The rows of the chart's table, by what stands first in each.
function told(figure) {
  const table = figure.querySelector("table") ?? figure.parentElement.querySelector("table");
  if (!table) return [];
  const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
  return [...table.querySelectorAll("tbody tr")].map((row) => {
    const cells = [...row.children].map((cell) => cell.textContent.trim());
    return { key: cells[0], text: `${cells[0]} · ${cells.slice(1).map((cell, place) => `${heads[place + 1]} ${cell}`).join(" · ")}` };
  });
}

function keysOf(datum) {
  const one = datum?.properties ?? datum ?? {};
  return [one.label, one.name, one.said, one.year, one.state, one.foot].filter((key) => key !== undefined).map(String);
}

async function awaken(figure) {
  if (figure.dataset.awake) return;
  figure.dataset.awake = "coming";
  const [vega, specs] = await Promise.all([
    loadLibrary(self_.dataset.library),
    specsOf(figure),
  ]);
  const rows = told(figure);
  const tip = document.createElement("p");
  tip.className = "tip";
  tip.setAttribute("role", "status");
  figure.append(tip);
  for (const width of ["wide", "narrow"]) {
    const place = figure.querySelector(`.${width}`);
    const spec = specs[width];
    spec.config = { ...spec.config, mark: { ...spec.config?.mark, tooltip: { content: "data" } } };
    const view = new vega.View(vega.parse(vega.compile(spec).spec, null, { ast: true }), {
      expr: vega.expressionInterpreter, renderer: "svg", hover: false,
    });
    view.tooltip((handler, event, item, value) => {
      const keys = value ? keysOf(item.datum) : [];
      const row = rows.find((one) => keys.includes(one.key)) ?? (typeof item.datum?.month === "number" ? rows[item.datum.month - 1] : undefined);
      if (row || document.activeElement !== figure) tip.textContent = row?.text ?? "";
    });
    const still = place.querySelector("svg");
    const drawn = document.createElement("div");
    await view.initialize(drawn).runAsync();
    const svg = drawn.querySelector("svg");
    if (!svg) continue;
    svg.setAttribute("viewBox", still.getAttribute("viewBox"));
    svg.removeAttribute("width");
    svg.removeAttribute("height");
    svg.setAttribute("aria-hidden", "true");
    still.classList.add("unseen");
    place.append(drawn);
  }
  let at = -1;
  figure.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step || !rows.length || event.target !== figure) return;
    event.preventDefault();
    at = (at + step + rows.length) % rows.length;
    tip.textContent = rows[at].text;
  });
  figure.dataset.awake = "yes";
}

for (const figure of document.querySelectorAll("figure.chart[id]")) {
  figure.tabIndex = 0;
  const wake = () => awaken(figure).catch(() => { figure.dataset.awake = "no"; });
  figure.addEventListener("pointerenter", wake, { once: true });
  figure.addEventListener("focus", wake, { once: true });
}
