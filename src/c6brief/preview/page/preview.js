"use strict";
// Shows what the server tells of, and nothing else: text goes in as text, never as markup.

const $ = (id) => document.getElementById(id);
const pages = $("pages");
const KINDS = { note: "Note", quotation: "Quotation", claim: "Claim", figure: "Figure", table: "Table" };
const STANCES = { disputes: "disputes it", qualifies: "qualifies it" };

let shown = "";        // the edition on the screen
let items = [];        // what its pages rest on
let current = 0;       // the page in view, from 1
let chosen = "";       // the item whose passage is open
let said = "";         // what was last said of problems
let told = new Set();  // the errors on the screen

function make(tag, names, text) {
  const element = document.createElement(tag);
  if (names) element.className = names;
  if (text !== undefined) element.textContent = text;
  return element;
}

// The place in view: a page, and how far down it the upper edge of the window stands. Kept over a reload.

const memory = "c6brief-place:" + location.pathname;
const sheets = () => [...pages.querySelectorAll(".sheet")];

function place() {
  const all = sheets();
  const top = pages.scrollTop;
  const at = all.findIndex((sheet) => sheet.offsetTop + sheet.offsetHeight > top);
  if (at < 0) return null;
  return { page: at + 1, down: (top - all[at].offsetTop) / all[at].offsetHeight };
}

function goTo(where) {
  const all = sheets();
  const sheet = where && all[Math.min(where.page, all.length) - 1];
  if (sheet) pages.scrollTop = Math.round(sheet.offsetTop + where.down * sheet.offsetHeight);
}

function remember() {
  if (shown) sessionStorage.setItem(memory, JSON.stringify({ ...place(), whole: document.body.classList.contains("is-whole") }));
}

function remembered() {
  try { return JSON.parse(sessionStorage.getItem(memory)); } catch { return null; }
}

// Pages

function address(number, sheet) {
  const dots = Math.ceil(sheet.clientWidth * Math.min(window.devicePixelRatio || 1, 3));
  return `page/${number}?edition=${shown}&width=${dots}`;
}

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) picture(entry.target);
}, { root: pages, rootMargin: "600px 0px" });

// The picture of a page; the old one stays until the new one has come.
function picture(sheet) {
  const wanted = address(Number(sheet.dataset.page), sheet);
  if (sheet.dataset.wanted === wanted || !sheet.clientWidth) return;
  sheet.dataset.wanted = wanted;
  const fresh = new Image();
  fresh.onload = () => {
    if (sheet.dataset.wanted !== wanted) return;
    const image = sheet.querySelector("img");
    image.src = fresh.src;
    image.dataset.edition = new URL(fresh.src).searchParams.get("edition");
  };
  fresh.onerror = () => { if (sheet.dataset.wanted === wanted) sheet.dataset.wanted = ""; };
  fresh.src = wanted;
}

function layPages(sizes) {
  const all = sheets();
  $("waiting").hidden = true;
  for (const extra of all.slice(sizes.length)) { watcher.unobserve(extra); extra.remove(); }
  sizes.forEach(([across, up], index) => {
    let sheet = all[index];
    const words = `Page ${index + 1} of ${sizes.length}`;
    if (!sheet) {
      sheet = make("section", "sheet");
      sheet.dataset.page = index + 1;
      sheet.append(make("h2", "unseen"), make("img"));
      pages.append(sheet);
    }
    sheet.setAttribute("aria-label", words);
    sheet.querySelector("h2").textContent = words;
    sheet.querySelector("img").alt = words;
    sheet.style.aspectRatio = `${across} / ${up}`;
    sheet.style.setProperty("--across", across);
    sheet.style.setProperty("--up", up);
    watcher.unobserve(sheet);
    watcher.observe(sheet);   // tells at once whether it is in view
  });
}

function turn(by) {
  const all = sheets();
  const here = place();
  if (!here) return;
  const to = by < 0 && here.down > 0.05 ? here.page : here.page + by;
  const last = to > all.length;
  pages.scrollTop = last ? pages.scrollHeight : all[Math.max(0, to - 1)].offsetTop - 12;
}

function look() {
  const all = sheets();
  const middle = pages.scrollTop + pages.clientHeight * 0.35;
  let at = all.findIndex((sheet) => sheet.offsetTop + sheet.offsetHeight > middle) + 1;
  if (!at) at = all.length;
  if (pages.scrollTop + pages.clientHeight >= pages.scrollHeight - 2 && place()?.page === all.length) at = all.length;
  $("counter").textContent = all.length ? `Page ${at} of ${all.length}` : "";
  $("previous").disabled = at <= 1 && pages.scrollTop < 4;
  $("next").disabled = pages.scrollTop + pages.clientHeight >= pages.scrollHeight - 2;
  if (at !== current) { current = at; listItems(); }
}

// What the page in view rests on

function marks(element, list) {
  for (const mark of list) element.append(make("span", `mark mark--${mark.name}`, `${mark.sign} ${mark.word}`));
}

function ofSource(source, words) {
  const line = make("p", "of");
  line.append(make("b", "", source.label ? `${source.label}  ` : ""), source.reference);
  const more = [...words];
  if (source.grade) more.push(`grade ${source.grade}`);
  if (source.voice) more.push(`voice: ${source.voice}`);
  if (more.length) line.append(make("br"), more.join(" · "));
  return line;
}

function passage(one) {
  const box = make("div", `passage passage--${one.stance || "supports"}`);
  if (STANCES[one.stance]) box.append(make("p", "stance", STANCES[one.stance]));
  const words = make("blockquote");
  words.append(one.before.trimStart(), make("mark", "", one.exact), one.after.trimEnd());
  box.append(words);
  if (one.quoted) box.append(make("p", "of", `quoted as “${one.quoted}”`));
  const facts = [`paragraph ${one.paragraph}`];
  if (one.speaker) facts.unshift(one.speaker);
  if (one.date) facts.push(one.basis === "derived" ? `${one.date}, derived` : one.date);
  box.append(ofSource(one.source, facts));
  return box;
}

function fill(item, inside) {
  for (const statement of item.statements) {
    const part = make("div", "statement");
    const head = make("h3", "", statement.words);
    marks(head, statement.marks.map((name) => MARKS[name]));
    part.append(head, ...statement.accounts.map(passage));
    inside.append(part);
  }
  inside.append(...item.passages.map(passage), ...item.sources.map((source) => ofSource(source, [])));
}

const MARKS = {
  "two-voices": { name: "two-voices", sign: "●", word: "two voices" },
  "one-voice": { name: "one-voice", sign: "○", word: "one voice" },
  "voice-not-stated": { name: "voice-not-stated", sign: "○", word: "voice not stated" },
  unsupported: { name: "unsupported", sign: "–", word: "unsupported" },
  "accounts-differ": { name: "accounts-differ", sign: "≠", word: "accounts differ" },
  "derived-date": { name: "derived-date", sign: "~", word: "derived date" },
};

function lead(item) {
  if (item.kind !== "note") return item.title.replace(/^(Figure|Table) \d+: /, "");
  const one = item.statements[0]?.words || item.passages[0]?.exact || item.sources[0]?.reference || "";
  const more = item.statements.length + item.passages.length + item.sources.length - 1;
  return more > 0 ? `${one} (and ${more} more)` : one;
}

function heading(item) {
  return ["note", "figure", "table"].includes(item.kind) ? item.title.split(":")[0] : KINDS[item.kind];
}

function listItems() {
  const list = $("items");
  const onPage = items.filter((item) => item.boxes.some((box) => box.page === current));
  list.replaceChildren(...onPage.map((item) => {
    const entry = make("li", "item");
    entry.dataset.key = item.key;
    const box = make("details");
    const summary = make("summary");
    summary.append(make("span", "kind", heading(item)));
    marks(summary, item.marks);
    summary.append(make("span", "lead", lead(item)));
    const inside = make("div", "inside");
    box.append(summary, inside);
    box.addEventListener("toggle", () => {
      if (box.open && !inside.childNodes.length) fill(item, inside);
      if (box.open) choose(item.key);
      else if (chosen === item.key) choose("");
    });
    if (item.key === chosen) { fill(item, inside); box.open = true; }
    entry.addEventListener("mouseenter", () => near(item.key, true));
    entry.addEventListener("mouseleave", () => near(item.key, false));
    entry.append(box);
    return entry;
  }));
  $("rests-title").textContent = current ? `What page ${current} rests on` : "What this page rests on";
  $("nothing").hidden = onPage.length > 0 || !shown;
}

const keyed = (selector, key) => [...document.querySelectorAll(selector)].filter((one) => one.dataset.key === key);

function near(key, is) {
  for (const one of [...keyed(".region", key), ...keyed(".item", key)]) one.classList.toggle("is-near", is);
}

function choose(key) {
  for (const one of document.querySelectorAll(".region.is-chosen")) one.classList.remove("is-chosen");
  chosen = key;
  for (const one of keyed(".region", key)) one.classList.add("is-chosen");
  for (const other of document.querySelectorAll(".item"))
    if (other.dataset.key !== key) other.querySelector("details").open = false;
}

function open(key, page) {
  if (page !== current) { current = page; listItems(); }
  choose(key);
  const [entry] = keyed(".item", key);
  if (!entry) return;
  entry.querySelector("details").open = true;
  entry.scrollIntoView({ block: "nearest" });
  requestAnimationFrame(() => entry.scrollIntoView({ block: "nearest" }));   // once its passage is laid out
  entry.querySelector("summary").focus({ preventScroll: true });
}

// The places on the pages that can be clicked. One button an item is in the order of tabbing; its other lines follow it.
function layRegions() {
  for (const old of document.querySelectorAll(".region")) old.remove();
  const all = sheets();
  for (const item of items) {
    const once = new Set();
    for (const box of item.boxes) {
      const sheet = all[box.page - 1];
      if (!sheet || !box.width) continue;
      const region = make("button", `region region--${item.kind}`);
      region.type = "button";
      region.dataset.key = item.key;
      for (const side of ["left", "top", "width", "height"]) region.style[side] = `${box[side]}%`;
      if (once.has(box.page)) { region.tabIndex = -1; region.setAttribute("aria-hidden", "true"); }
      else region.setAttribute("aria-label", `${heading(item)}: show its source`);
      once.add(box.page);
      region.title = [heading(item), ...item.marks.map((mark) => `${mark.sign} ${mark.word}`)].join("  ");
      region.addEventListener("click", () => open(item.key, box.page));
      region.addEventListener("mouseenter", () => near(item.key, true));
      region.addEventListener("mouseleave", () => near(item.key, false));
      sheet.append(region);
    }
  }
  if (chosen) choose(items.some((item) => item.key === chosen) ? chosen : "");
}

async function fetchItems(edition) {
  try {
    const answer = await (await fetch("items")).json();
    if (answer.edition !== shown) return;
    items = answer.items;
  } catch { if (edition === shown) items = []; }
  document.body.dataset.items = shown;
  layRegions();
  listItems();
}

// Problems

function listProblems(state) {
  const errors = state.problems.filter((one) => one.severity === "error");
  const warnings = state.problems.filter((one) => one.severity !== "error");
  const row = (one) => {
    const entry = make("li", `problem problem--${one.severity}`);
    entry.append(make("code", "", one.place), make("span", "rule", one.rule), make("p", "", one.message));
    if (one.excerpt) {
      const excerpt = make("pre", "", one.excerpt);
      excerpt.tabIndex = 0;   // so that keys can scroll it
      entry.append(excerpt);
    }
    if (one.hint) entry.append(make("p", "hint", one.hint));
    return entry;
  };
  const fresh = errors.some((one) => !told.has(one.place + one.message));
  told = new Set(errors.map((one) => one.place + one.message));
  $("errors").replaceChildren(...errors.map(row));
  $("warnings").replaceChildren(...warnings.map(row));
  $("problems").hidden = !state.problems.length;
  $("problems").classList.toggle("has-errors", errors.length > 0);
  $("problems-title").textContent = errors.length === 1 ? "1 problem" : errors.length ? `${errors.length} problems` : "Warnings";
  if (fresh) document.querySelector(".side").scrollTop = 0;   // a new mistake is not missed
  $("stale").hidden = !(state.failed && state.edition);
  $("warnings-all").hidden = !warnings.length;
  $("warnings-count").textContent = warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`;
  const words = errors.length
    ? `${$("problems-title").textContent}. ${errors[0].place}: ${errors[0].message}`
    : said.includes("problem") ? "No problems any more." : "";
  if (words !== said) { said = words; $("news").textContent = words; }
}

// News from the server

function update(state) {
  if (!state.setting) listProblems(state);
  const bad = state.failed && !state.setting;
  const errors = state.problems.filter((one) => one.severity === "error").length;
  $("status").textContent = state.setting ? "setting the pages …" : bad ? (errors === 1 ? "1 problem" : `${errors} problems`)   : `${state.name}, as it is on the disk`;
  $("status").classList.toggle("is-bad", bad);
  document.body.classList.toggle("is-stale", state.failed && Boolean(state.edition));
  document.body.dataset.state = state.setting ? "setting" : bad ? "failed" : "done";
  if (!state.edition) {
    if (!state.setting) $("waiting").textContent = "No pages yet: mend the problems, save, and they come.";
    return;
  }
  $("title").textContent = state.title || state.name;
  document.title = `${bad ? "✗ " : ""}${state.title || state.name} – preview`;
  if (state.edition === shown) return;
  const before = shown ? place() : remembered();
  shown = state.edition;
  layPages(state.pages);
  goTo(before);
  look();
  fetchItems(shown);
}

const news = new EventSource("events");
news.onmessage = (event) => update(JSON.parse(event.data));
news.onerror = () => {
  $("status").textContent = "the preview has ended";
  $("status").classList.add("is-bad");
};

$("previous").addEventListener("click", () => turn(-1));
$("next").addEventListener("click", () => turn(1));
$("fit").addEventListener("click", () => fit(!document.body.classList.contains("is-whole")));

function fit(whole) {
  const before = place();
  document.body.classList.toggle("is-whole", whole);
  $("fit").setAttribute("aria-pressed", String(whole));
  goTo(before);
  remember();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (by) { turn(by); event.preventDefault(); }
  else if (event.key === "Home") { pages.scrollTop = 0; event.preventDefault(); }
  else if (event.key === "End") { pages.scrollTop = pages.scrollHeight; event.preventDefault(); }
  else if (event.key === "Escape") choose("");
});

let resting = 0;
pages.addEventListener("scroll", () => {
  look();
  clearTimeout(resting);
  resting = setTimeout(remember, 120);
}, { passive: true });
addEventListener("pagehide", remember);
addEventListener("resize", () => { for (const sheet of sheets()) { watcher.unobserve(sheet); watcher.observe(sheet); } });
if (remembered()?.whole) fit(true);
pages.focus({ preventScroll: true });
