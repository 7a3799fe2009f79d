"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const words = JSON.parse($("#words").textContent);
  const checks = $$("details.check");
  let all = null;
  const transcripts = () => (all ??= JSON.parse($("#transcripts").textContent));
  const element = (name, className, text) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  // A line of a message is marked where its name or value stands in what was observed.
  const marked = (json, observed) => {
    const pre = element("pre");
    pre.tabIndex = 0;
    for (const line of json.split("\n")) {
      const found = /^\s*"((?:[^"\\]|\\.)*)": ?(.*?),?$/.exec(line);
      const value = found && found[2].replace(/^"|"$/g, "");
      const hit = found && observed && ((found[1].length > 1 && observed.includes(found[1])) || (value.length > 3 && observed.includes(value)));
      pre.append(hit ? element("mark", "", line) : document.createTextNode(line), "\n");
    }
    return pre;
  };

  const render = (check) => {
    const place = $(".transcript", check);
    if (!place || place.dataset.done) return;
    place.dataset.done = "1";
    const exchanges = transcripts()[check.id] ?? [];
    const observed = check.dataset.observed ?? "";
    if (!exchanges.length) place.append(element("p", "dim", words.none));
    for (const exchange of exchanges) {
      const box = element("details", "exchange " + exchange.side);
      const head = element("summary");
      head.append(element("span", "side", words[exchange.side]), " " + exchange.title + " ", element("code", "", exchange.status));
      box.append(head);
      box.addEventListener("toggle", () => {
        if (!box.open || box.dataset.done) return;
        box.dataset.done = "1";
        const empty = Object.keys(exchange.parts).length === 0;
        box.append(empty ? element("p", "dim", words.short) : marked(JSON.stringify(exchange.parts, null, 2), observed));
      });
      place.append(box);
    }
  };
  for (const check of checks) check.addEventListener("toggle", () => check.open && render(check));

  const search = $("#search"), counter = $("#shown"), buttons = $$("button[data-verdict]"), place = $("#function");
  const filter = () => {
    const verdict = buttons.find((b) => b.getAttribute("aria-pressed") === "true").dataset.verdict;
    const terms = search.value.trim().toLowerCase().split(/[\s\u3000]+/).filter(Boolean);
    let shown = 0;
    for (const check of checks) {
      const fits = (!verdict || check.dataset.verdict === verdict) && (!place.value || check.dataset.function.split("|").includes(place.value))
        && terms.every((term) => check.dataset.words.includes(term));
      check.hidden = !fits;
      shown += fits;
    }
    counter.textContent = shown + " / " + checks.length + " " + counter.dataset.label;
  };
  for (const button of buttons) button.addEventListener("click", () => {
    for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    filter();
  });
  search.addEventListener("input", filter);
  place.addEventListener("change", filter);

  const open = () => {
    const check = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!check || !check.matches("details.check")) return;
    check.hidden = false;
    check.open = true;
    check.scrollIntoView();
  };
  addEventListener("hashchange", open);

  const move = (step, wanted) => {
    const list = checks.filter((c) => !c.hidden && (!wanted || c.dataset.verdict === wanted));
    if (!list.length) return;
    const now = list.findIndex((c) => c.contains(document.activeElement));
    const at = now < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(now + step, 0), list.length - 1);
    $("summary", list[at]).focus();
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const act = { "/": () => search.focus(), j: () => move(1), k: () => move(-1), f: () => move(1, "fail") }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  addEventListener("beforeprint", () => checks.forEach((c) => c.dataset.verdict === "fail" && (c.open = true)));
  filter();
  open();
})();
