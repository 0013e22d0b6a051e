/* Leads a reader to the language that the browser asks for; without scripts both are offered. */

"use strict";

{
  const known = new Map([...document.querySelectorAll("[data-language]")].map((link) => [link.dataset.language, link.href]));
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => known.has(tag));
  if (wanted) location.replace(known.get(wanted));
}
