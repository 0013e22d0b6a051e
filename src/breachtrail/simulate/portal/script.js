/* What a browser needs of the scripts that the portal's pages name: enough to post what those would post, and no more.
 * It is BreachTrail's own, and stands in place of the scripts of Mojarra and PrimeFaces. */
(function () {
  "use strict";
  if (window.mojarra) { return; }
  var STATE = "javax.faces.ViewState";

  window.mojarra = {
    jsfcljs: function (form, fields) {
      var added = Object.keys(fields).map(function (name) {
        var input = document.createElement("input");
        input.type = "hidden";
        input.name = name;
        input.value = fields[name];
        return form.appendChild(input);
      });
      form.submit();
      added.forEach(function (input) { input.remove(); });
    }
  };

  window.$ = function (ready) {
    if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", ready); } else { ready(); }
  };

  var widgets = {};
  window.standIn = {
    sendOnce: function (name) {  // after the form is on its way, for a disabled button posts nothing
      window.setTimeout(function () { if (widgets[name]) { widgets[name].disable(); } }, 0);
      return true;
    }
  };

  function put(id, html, below) {
    if (id.indexOf(STATE) >= 0) {
      document.getElementsByName(STATE).forEach(function (input) { input.value = html; });
      return;
    }
    var place = document.getElementById(id);
    if (!place) { return; }
    var rows = document.getElementById(id + "_data");
    if (below) { below.insertAdjacentHTML("afterend", html); return; }
    if (rows && html.indexOf("<tr") === 0) { rows.innerHTML = html; return; }
    var holder = document.createElement("template");
    holder.innerHTML = html;
    var scripts = holder.content.querySelectorAll("script");
    place.replaceWith(holder.content);
    scripts.forEach(function (script) { window.eval(script.text); });
  }

  function post(asked, extra) {
    var form = document.getElementById(asked.f), sent = [["javax.faces.partial.ajax", "true"], ["javax.faces.source", asked.s]];
    sent.push(["javax.faces.partial.execute", asked.p || "@all"]);
    if (asked.u) { sent.push(["javax.faces.partial.render", asked.u]); }
    if (asked.e) { sent.push(["javax.faces.behavior.event", asked.e], ["javax.faces.partial.event", asked.e]); }
    else { sent.push([asked.s, asked.s]); }
    (extra && extra.params || []).forEach(function (one) { sent.push([one.name, one.value]); });
    new FormData(form).forEach(function (value, name) { if (!asked.ps || name === STATE || name === form.id) { sent.push([name, value]); } });
    var multipart = form.enctype === "multipart/form-data", body = multipart ? new FormData() : new URLSearchParams();
    sent.forEach(function (one) { body.append(one[0], one[1]); });
    return fetch(form.action, {
      method: "POST", body: body,
      headers: { "Faces-Request": "partial/ajax", "X-Requested-With": "XMLHttpRequest", "Accept": "application/xml, text/xml, */*; q=0.01" }
    }).then(function (answer) { return answer.text(); }).then(function (text) {
      var told = new DOMParser().parseFromString(text, "text/xml"), on = told.querySelector("redirect");
      if (on) { window.location = on.getAttribute("url"); return; }
      told.querySelectorAll("update").forEach(function (update) { put(update.getAttribute("id"), update.textContent, extra && extra.below); });
    });
  }

  function table(id, told) {
    var page = told.paginator.page, rows = told.paginator.rows, last = Math.max(0, Math.ceil(told.paginator.rowCount / rows) - 1);
    function go(to) {
      page = Math.min(Math.max(to, 0), last);
      var names = { pagination: "true", first: page * rows, rows: rows, skipChildren: "true", encodeFeature: "true" };
      told.behaviors.page({ params: ask(names) });
    }
    function ask(names) {
      return Object.keys(names).map(function (name) { return { name: id + "_" + name, value: names[name] }; });
    }
    var whole = document.getElementById(id), downwards = false;
    whole.querySelector("thead").addEventListener("click", function (event) {
      var column = event.target.closest(".ui-sortable-column");
      if (!column) { return; }
      var names = { sorting: "true", skipChildren: "true", encodeFeature: "true", sortKey: column.id, sortDir: downwards ? "-1" : "1" };
      downwards = !downwards;
      post({ s: id, f: "ocrForm", p: id, u: id }, { params: ask(names) });
    });
    whole.querySelector("tbody").addEventListener("click", function (event) {
      if (!event.target.classList.contains("ui-row-toggler")) { return; }
      var row = event.target.closest("tr"), below = row.nextElementSibling;
      if (below && below.classList.contains("ui-expanded-row-content")) { below.remove(); return; }
      var names = { rowExpansion: "true", expandedRowIndex: row.dataset.ri, expandedRowKey: row.dataset.rk, encodeFeature: "true", skipChildren: "true" };
      post({ s: id, f: "ocrForm", p: id, u: id }, { params: ask(names), below: row });
    });
    document.getElementById(id + "_paginator_bottom").addEventListener("click", function (event) {
      var link = event.target.closest("a");
      if (!link) { return; }
      event.preventDefault();
      var to = { "First Page": 0, "Previous Page": page - 1, "Next Page": page + 1, "Last Page": last }[link.getAttribute("aria-label")];
      go(to === undefined ? Number(link.textContent) - 1 : to);
    });
  }

  function tabs(id, told) {
    document.getElementById(id).addEventListener("click", function (event) {
      var link = event.target.closest("a");
      if (!link) { return; }
      event.preventDefault();
      var panel = link.getAttribute("href").slice(1), index = link.parentNode.dataset.index;
      document.getElementById(id + "_activeIndex").value = index;
      link.parentNode.parentNode.querySelectorAll("li").forEach(function (tab) {
        tab.setAttribute("aria-selected", String(tab === link.parentNode));
      });
      told.behaviors.tabChange({ params: [{ name: id + "_newTab", value: panel }, { name: id + "_tabindex", value: index }] });
    });
  }

  window.PrimeFaces = {
    settings: {},
    ab: post,
    bcn: function (source, event, steps) {
      if (steps.some(function (step) { return step.call(source, event) === false; })) { event.preventDefault(); }
    },
    cw: function (kind, name, told) {
      widgets[name] = { disable: function () { document.getElementById(told.id).disabled = true; } };
      if (kind === "DataTable") { table(told.id, told); }
      if (kind === "TabView") { tabs(told.id, told); }
    }
  };
}());
