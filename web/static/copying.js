// A read-only text area marked data-copy -> the same with a button that copies it; without it one selects and copies.
"use strict";

async function copied(area) {
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    return document.execCommand("copy"); // where the page came over plain http, as in an office
  }
}

for (const area of document.querySelectorAll("textarea[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "复制";
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    button.textContent = (await copied(area)) ? "已复制" : "请按 Ctrl+C";
    setTimeout(() => (button.textContent = "复制"), 2000);
  });
  area.after(button);
}
