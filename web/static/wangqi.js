// Improves what works without: clean addresses, and Enter that only confirms a candidate of an input method.
"use strict";

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof HTMLInputElement;
  if (typing && event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.preventDefault();
});

const USUAL = { scope: "entry", sort: "relevance" };

document.addEventListener("submit", (event) => {
  for (const field of event.target.elements) {
    const idle = field.name && (field.value === "" || field.value === USUAL[field.name]);
    if (idle && field.name !== "q" && !field.disabled) {
      field.disabled = true;
      field.dataset.idle = "1";
    }
  }
});

addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("[data-idle]")) {
    field.disabled = false;
    delete field.dataset.idle;
  }
});
