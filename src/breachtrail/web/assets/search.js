/* Searches the list of notices in the reader's own browser, where the site is plain files and no server answers.

The list is search-index.js (web/searchindex.py). Every state of the page is its URL, with the names that the served
site has, and what is found is what the served site finds: the letters and digits of a name, and the filters' values. */

"use strict";

(() => {
  const form = document.getElementById("search");
  const found = document.getElementById("found");
  const line = document.getElementById("line");
  const rowsOfAPage = 50;
  const singles = ["state", "entity_type", "business_associate", "status"];
  const severals = ["breach_type", "location"];
  const dimensions = ["year", ...singles, ...severals, "size_band", "placeholder"];
  const limits = ["at_least", "at_most", "from", "to", "month"];
  const language = form.dataset.language;
  let index = null;
  let loading = null;

  document.documentElement.classList.add("scripted");

  /* The list, loaded once, when it is first needed. */
  function load() {
    loading ??= new Promise((done, failed) => {
      window.breachtrailNotices = (list) => done((index = unpacked(list)));
      const script = document.createElement("script");
      script.src = form.dataset.index;
      script.onerror = failed;
      document.head.append(script);
    });
    return loading;
  }

  function unpacked(list) {
    let day = 3652059; // 9999-12-31, counted from the first day of the year 1
    const days = list.submitted_on.map((step) => (step === null ? null : (day -= step)));
    const submitted = days.map((one) => one === null ? "" : new Date((one - 719163) * 864e5).toISOString().slice(0, 10));
    const notices = list.name.map((name, place) => {
      const notice = { place, name, individuals: list.individuals[place], submitted_on: submitted[place] };
      notice.key = [name, ...(list.former[place] ?? [])].map(keyOf);
      notice.printed = list.printed[language][place] ?? name;
      notice.id = idOf(list, place, name, notice.submitted_on);
      notice.values = { year: [notice.submitted_on.slice(0, 4)] };
      for (const one of singles) notice.values[one] = [list.values[one][list[one][place]]];
      for (const one of severals) notice.values[one] = list.values[one][list[one][place]];
      notice.values.size_band = [bandOf(list.bands, notice.individuals)];
      notice.values.placeholder = [notice.individuals === null ? "unknown" : list.placeholders.includes(notice.individuals) ? "yes" : "no"];
      return notice;
    });
    const means = new Map(Object.entries(list.means).map(([said, name]) => [folded(said), name]));
    return { notices: notices.filter((notice) => notice.submitted_on), means };
  }

  function idOf(list, place, name, day) {
    const tail = list.id[place];
    if (tail.startsWith(list.prefix + "-")) return tail;
    const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 40).replace(/^-+|-+$/g, "");
    return `${list.prefix}-${day}-${slug}-${tail}`;
  }

  function bandOf(bands, individuals) {
    if (individuals === null) return "unknown";
    return bands.find(([, from, to]) => from !== null && individuals >= from && (to === null || individuals <= to))?.[0] ?? "unknown";
  }

  /* The letters and digits of a name: what names are compared by. */
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const keyOf = (text) =>
    plain(text).replace(/dormant:|\(?see master file\)?|,? ?privacy manager breach/g, "").replace(/[^a-z0-9]+/g, "");
  const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const wordsOf = (text) => plain(text).split(/[^a-z0-9]+/).filter(Boolean);

  /* What the URL asks. */
  function asked() {
    const query = new URLSearchParams(location.search);
    const chosen = Object.fromEntries(dimensions.map((name) => [name, (query.get(name) ?? "").split(",").filter((value) => value || query.has(name))]));
    const told = Object.fromEntries(limits.map((name) => [name, query.get(name) ?? ""]));
    return { q: query.get("q") ?? "", chosen, told, order: query.get("order") || "submitted_on", page: Math.max(1, parseInt(query.get("page"), 10) || 1) };
  }

  /* What the form asks, as a query; what is empty is left out. */
  function query(page) {
    const told = new FormData(form);
    const parts = new URLSearchParams();
    for (const name of ["q", ...limits]) if (told.get(name)) parts.set(name, told.get(name).trim());
    for (const name of dimensions) if (told.has(name)) parts.set(name, told.getAll(name).join(","));
    if (told.get("order") !== "submitted_on") parts.set("order", told.get("order"));
    if (page > 1) parts.set("page", page);
    return String(parts).replaceAll("%2C", ",");
  }

  const orders = {
    individuals: (one, other) => (other.individuals ?? -1) - (one.individuals ?? -1),
    submitted_on: () => 0,
    name: (one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1),
  };

  function narrowed(notices, wish, but) {
    const { told } = wish;
    const least = parseInt(told.at_least.replace(/[,_]/g, ""), 10);
    const most = parseInt(told.at_most.replace(/[,_]/g, ""), 10);
    const tests = dimensions.filter((name) => name !== but && wish.chosen[name].length);
    return notices.filter(
      (one) =>
        !(one.individuals === null ? least || most : one.individuals < least || one.individuals > most) &&
        !(told.from && one.submitted_on < told.from) &&
        !(told.to && one.submitted_on > told.to) &&
        one.submitted_on.startsWith(told.month) &&
        tests.every((name) => wish.chosen[name].some((value) => one.values[name].includes(value))),
    );
  }

  /* Notices that bear what was searched, now or formerly; else those whose words are most like it. */
  function named(notices, text) {
    const known = index.means.get(folded(text)) ?? text;
    const key = keyOf(known);
    if (!text.trim()) return { notices, isMisspelt: false };
    if (key) {
      const exact = notices.filter((one) => one.key.some((own) => own.includes(key)));
      if (exact.length) return { notices: exact, isMisspelt: false };
    }
    return { notices: alike(notices, wordsOf(known)), isMisspelt: true };
  }

  /* Each word searched is near some word of the name: one slip in words of four letters and more, two from seven on. */
  function alike(notices, words) {
    if (!words.length) return [];
    const near = words.map((word) => new Map());
    return notices
      .map((one) => {
        one.words ??= wordsOf(one.name);
        let slips = 0;
        for (let place = 0; place < words.length && slips < Infinity; place++) {
          let least = Infinity;
          for (const own of one.words) {
            let distance = near[place].get(own);
            if (distance === undefined) near[place].set(own, (distance = slipsBetween(words[place], own)));
            if (distance < least) least = distance;
          }
          slips += least;
        }
        return [slips, one];
      })
      .filter(([slips]) => slips < Infinity)
      .sort(([one], [other]) => one - other)
      .map(([, one]) => one);
  }

  /* Letters put in, left out, changed or exchanged with their neighbour; Infinity where they are too many. */
  function slipsBetween(word, own) {
    const allowed = word.length >= 7 ? 2 : word.length >= 4 ? 1 : 0;
    if (own.startsWith(word)) return 0;
    if (Math.abs(word.length - own.length) > allowed) return Infinity;
    let before = [], last = Array.from({ length: own.length + 1 }, (_, place) => place);
    for (let i = 1; i <= word.length; i++) {
      const row = [i];
      for (let j = 1; j <= own.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (word[i - 1] === own[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && word[i - 1] === own[j - 2] && word[i - 2] === own[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[own.length] <= allowed ? last[own.length] : Infinity;
  }

  const printed = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const labelOf = (name, value) => form.querySelector(`[name="${name}"][value="${CSS.escape(value)}"]`)?.dataset.label ?? value;

  /* The page as its URL asks. */
  async function show() {
    const wish = asked();
    found.setAttribute("aria-busy", "true");
    try {
      await load();
    } catch {
      found.querySelector(".told").textContent = found.dataset.unreachable;
      return;
    }
    const { notices, isMisspelt } = named(index.notices, wish.q);
    const all = narrowed(notices, wish);
    if (!(isMisspelt && wish.order === "submitted_on")) all.sort(orders[wish.order] ?? orders.submitted_on);
    const pages = Math.max(1, Math.ceil(all.length / rowsOfAPage));
    const page = Math.min(wish.page, pages);
    const individuals = all.reduce((sum, one) => sum + (one.individuals ?? 0), 0);
    const values = { notices: printed(all.length), individuals: printed(individuals), page, pages, q: wish.q };
    const key = !all.length ? "none" : isMisspelt ? "alike" : all.length === 1 ? "one" : "some";
    found.querySelector(".told").textContent = filled(found.dataset[key], values);
    const shown = all.slice((page - 1) * rowsOfAPage, page * rowsOfAPage);
    found.querySelector("tbody").replaceChildren(...shown.map(drawn));
    found.querySelector(".listed").hidden = !shown.length;
    turn("previous", page > 1 && page - 1);
    turn("next", page < pages && page + 1);
    found.querySelector(".of").textContent = pages > 1 ? filled(found.dataset.page, values) : "";
    for (const name of dimensions) count(name, narrowed(notices, wish, name), wish.chosen[name]);
    found.removeAttribute("aria-busy");
  }

  function drawn(notice) {
    const row = line.content.cloneNode(true);
    const put = (name, text) => row.querySelectorAll(`[data-is="${name}"]`).forEach((cell) => (cell.textContent = text));
    const listed = (name) => notice.values[name].filter(Boolean).map((value) => labelOf(name, value));
    const [link, state] = row.querySelectorAll("a");
    link.href = form.dataset.notice.replace("{}", notice.id);
    link.firstElementChild.textContent = notice.printed || form.dataset.unnamed;
    put("individuals", notice.individuals === null ? "–" : printed(notice.individuals));
    put("submitted_on", notice.submitted_on);
    put("place", notice.values.state[0] ? labelOf("state", notice.values.state[0]) : "–");
    if (notice.values.state[0]) {
      state.href = form.dataset.state.replace("{}", notice.values.state[0]);
      state.textContent = labelOf("state", notice.values.state[0]);
    } else state.replaceWith("–");
    const kinds = [listed("breach_type"), listed("location")].map((values) => values.join(form.dataset.comma));
    put("kinds", kinds.filter(Boolean).join(" · ") || "–");
    put("status", labelOf("status", notice.values.status[0]));
    if (notice.values.placeholder[0] !== "yes") row.querySelectorAll('[data-is="placeholder"]').forEach((mark) => mark.remove());
    return row;
  }

  /* How many notices each value of a dimension would leave, the other choices being as they are. */
  function count(name, notices, chosen) {
    const counts = new Map();
    for (const one of notices) for (const value of new Set(one.values[name])) counts.set(value, (counts.get(value) ?? 0) + 1);
    for (const box of form.querySelectorAll(`[name="${name}"]`)) {
      const many = counts.get(box.value) ?? 0;
      const choice = box.closest("li");
      choice.querySelector(".many").textContent = printed(many);
      choice.hidden = !many && !chosen.includes(box.value);
    }
    const section = form.querySelector(`[name="${name}"]`)?.closest("section");
    const isEmpty = (part) => !part.querySelector("li:not([hidden])");
    for (const part of section ? [section, ...section.querySelectorAll("details")] : []) part.hidden = isEmpty(part);
  }

  function turn(name, page) {
    const link = found.querySelector(`[rel="${name === "next" ? "next" : "prev"}"]`);
    link.hidden = !page;
    if (page) link.href = "?" + query(page);
  }

  /* The form as the URL asks. */
  function fill() {
    const wish = asked();
    form.elements.q.value = wish.q;
    form.elements.order.value = wish.order in orders ? wish.order : "submitted_on";
    for (const name of limits) if (form.elements[name]) form.elements[name].value = wish.told[name];
    for (const name of dimensions)
      for (const box of form.querySelectorAll(`[name="${name}"]`)) {
        box.checked = wish.chosen[name].includes(box.value);
        if (box.checked) box.closest("details").open = true;
      }
  }

  function go(page, isTyping) {
    const address = location.pathname + (query(page) ? "?" + query(page) : "");
    history[isTyping ? "replaceState" : "pushState"](null, "", address);
    return show();
  }

  let waiting = 0;
  form.addEventListener("input", (event) => {
    const isTyping = event.target.type === "search" || event.target.type === "text";
    clearTimeout(waiting);
    waiting = setTimeout(() => go(1, isTyping), isTyping ? 150 : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    go(1, false);
  });
  form.addEventListener("focusin", load, { once: true });
  found.addEventListener("click", (event) => {
    const link = event.target.closest('a[rel="next"], a[rel="prev"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(parseInt(new URL(link.href).searchParams.get("page"), 10) || 1, false).then(() => found.querySelector(".told").focus());
  });
  window.addEventListener("popstate", () => {
    fill();
    show();
  });
  fill();
  if (location.search) show();
})();
