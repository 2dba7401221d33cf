// Searches that a reader saves, and what was seen at the last visit -> marks of what is new; kept in this browser only.
// Where nothing can be kept (a private window), the pages stay as they are.
"use strict";

const SAVED = "wangqi.saved";
const SEEN = "wangqi.seen";
const NEWEST = 50; // hits of a saved search that are remembered

function kept(name) {
  try {
    const held = JSON.parse(localStorage.getItem(name));
    return Array.isArray(held) ? held : [];
  } catch {
    return [];
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function made(tag, text, press) {
  const element = document.createElement(tag);
  element.append(text);
  if (press) {
    element.type = "button";
    element.addEventListener("click", press);
  }
  return element;
}

// What lies in the browser may have been written by anyone: only our own searches are followed.
const searches = () => kept(SAVED).filter((each) => /^\/search(\?|$)/.test(each?.address) && Array.isArray(each.seen));

async function newest(address) {
  const asked = new URLSearchParams(new URL(address, location.origin).search);
  asked.set("sort", "newest");
  asked.set("limit", NEWEST);
  asked.set("facets", "0");
  const answer = await fetch(`/api/v1/search?${asked}`);
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).hits.map((hit) => hit.id);
}

function saving(place) {
  const address = place.dataset.saves;
  const others = () => searches().filter((each) => each.address !== address);
  const told = made("span", "");
  told.setAttribute("role", "status");
  const remember = async () => {
    try {
      const name = place.dataset.name || "全部";
      const done = keep(SAVED, [...others(), { address, name, seen: await newest(address) }]);
      told.textContent = done ? "已保存在这个浏览器里，见首页" : "这个浏览器不让保存";
    } catch {
      told.textContent = "没有存成，请再试";
    }
  };
  if (others().length < searches().length) remember(); // looked at again: all of it is seen
  else place.append(made("button", "保存这次检索", remember));
  place.append(told);
}

async function line(each, redraw) {
  const item = document.createElement("li");
  const link = made("a", each.name);
  link.href = each.address;
  item.append(link, " ");
  try {
    const fresh = (await newest(each.address)).filter((id) => !each.seen.includes(id)).length;
    if (fresh) item.append(Object.assign(made("span", fresh < NEWEST ? `新增 ${fresh}` : `新增 ${NEWEST} 以上`), { className: "fresh" }), " ");
  } catch {
    // a server that is gone: the link stays
  }
  const forget = made("button", "×", () => {
    keep(SAVED, searches().filter((other) => other.address !== each.address));
    redraw();
  });
  forget.setAttribute("aria-label", `不再保存“${each.name}”`);
  item.append(forget);
  return item;
}

async function listing(place) {
  const held = searches();
  const list = document.createElement("ul");
  list.className = "list";
  list.append(...(await Promise.all(held.map((each) => line(each, () => listing(place))))));
  const file = made("a", "导出（JSON）");
  file.download = "wangqi-saved.json";
  file.href = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(held, null, 1))}`;
  place.replaceChildren(made("h2", "保存的检索"), list, file);
  place.hidden = !held.length;
}

// The first visit has nothing to compare with.
function marking(issues) {
  const seen = kept(SEEN);
  for (const issue of seen.length ? issues : []) {
    if (!seen.includes(issue.dataset.issue)) issue.append(" ", Object.assign(made("span", "新"), { className: "fresh" }));
  }
  keep(SEEN, [...new Set([...issues.map((issue) => issue.dataset.issue), ...seen])].slice(0, 1000));
}

const place = document.querySelector("[data-saves]");
if (place) saving(place);
const shown = document.getElementById("saved");
if (shown) listing(shown);
const issues = [...document.querySelectorAll("[data-issue]")];
if (issues.length) marking(issues);
