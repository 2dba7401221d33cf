// Keys for readers who keep their hands on the keyboard; a page without this file lacks nothing but them.
// A switch turns the single ones off (they disturb speech input); it is kept in this browser only.
"use strict";

const OFF = "wangqi.keys";
const STOPS = ".hits > li, .kwic tbody tr, .compact tbody tr, .issue .entry, .titles li";
const LIST = [
  ["/", "到检索框（也可用 Ctrl+K）"],
  ["j", "下一条"],
  ["k", "上一条"],
  ["o", "打开这一条"],
  ["y", "复制这一条的引文"],
  ["?", "这张表"],
];

function off() {
  try {
    return localStorage.getItem(OFF) === "off";
  } catch {
    return false;
  }
}

function turn(on) {
  try {
    localStorage.setItem(OFF, on ? "on" : "off");
  } catch {
    // a private window: they stay as they are
  }
}

const status = document.createElement("p");
status.className = "toast";
status.setAttribute("role", "status");
document.body.append(status);

function tell(text) {
  status.textContent = text;
  setTimeout(() => (status.textContent = ""), 2500);
}

// The link that stands for a stop: its title's, whatever else stands before it.
const link = (stop) => stop?.querySelector("h2 a, h3 a, .point a, .hit a, th a") ?? stop?.querySelector("a");
const stops = () => [...document.querySelectorAll(STOPS)];
const current = () => document.activeElement.closest?.(STOPS);

function move(step) {
  const all = stops();
  const here = all.indexOf(current());
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step];
  link(next)?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

async function cite() {
  const own = document.querySelector(".entry [data-copy]");
  const address = link(current())?.pathname;
  if (!own && !address?.startsWith("/entries/")) return;
  try {
    const answer = own ? null : await fetch(`${address}/cite?format=gbt7714`);
    await navigator.clipboard.writeText((own ? own.value : await answer.text()).trim());
    tell("已复制引文");
  } catch {
    tell("没有复制成，请打开这一条的“引用”");
  }
}

function box() {
  const input = document.querySelector('form[role="search"] input[name="q"]');
  input?.focus();
  input?.select();
}

function explanation() {
  const dialog = document.createElement("dialog");
  const list = LIST.map(([key, meaning]) => `<div><dt><kbd>${key}</kbd></dt><dd>${meaning}</dd></div>`).join("");
  dialog.className = "keys";
  dialog.setAttribute("aria-labelledby", "keys");
  dialog.innerHTML = `<h2 id="keys">快捷键</h2><dl class="fields">${list}</dl>
    <p><label><input type="checkbox"> 启用单个字母的快捷键</label></p><form method="dialog"><button>关闭</button></form>`;
  const box = dialog.querySelector("[type=checkbox]");
  box.checked = !off();
  box.addEventListener("change", () => turn(box.checked));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

const ACTIONS = { "/": box, j: () => move(1), k: () => move(-1), o: () => link(current())?.click(), y: cite, "?": explanation };

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || document.querySelector("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    box();
    return;
  }
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || off() || !Object.hasOwn(ACTIONS, event.key)) return;
  event.preventDefault();
  ACTIONS[event.key]();
});

const button = document.createElement("button");
button.type = "button";
button.className = "quiet";
button.textContent = "快捷键";
button.addEventListener("click", explanation);
document.querySelector(".foot p")?.append(" · ", button);
