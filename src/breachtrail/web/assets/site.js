// What makes the site quicker by hand; without it every page works all the same.
"use strict";

// A choice of several goes into the address as one value, parted by commas: the same address as everywhere else.
for (const form of document.querySelectorAll("form[data-joins]")) {
  form.addEventListener("formdata", (event) => {
    for (const name of form.dataset.joins.split(" ")) {
      const chosen = event.formData.getAll(name);
      if (chosen.length > 1) event.formData.set(name, chosen.join(","));
    }
    for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
  });
}

// The day of the clock needs no button once it is chosen.
const clock = document.querySelector("form.clock");
if (clock) clock.elements.as_of.addEventListener("change", (event) => { if (event.target.validity.valid) clock.requestSubmit(); });

// A page says by itself on which day was looked last; only who reads it knows how long ago that is.
for (const one of document.querySelectorAll("[data-looked]"))
  one.hidden = Date.now() - Date.parse(one.dataset.looked) <= 15 * 86_400_000; // two weeks and the day itself
