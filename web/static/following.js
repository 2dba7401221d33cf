// Searches that a reader saves, and what was seen at the last visit -> marks of what is new; kept in this browser only.
// Where nothing can be kept (a private window), the pages stay as they are.
"use strict";

const SAVED = "wangqi.saved";
const SEEN = "wangqi.seen";
const NEWEST = 50; // hits of a saved search that are remembered
const MOST = 100; // saved searches: the first page asks for each of them
const LARGEST = 1 << 20; // bytes of a file that is read in
const LONGEST = 8192; // characters of an address

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

// What lies in the browser or in a file may have been written by anyone: only our own searches are followed.
function isSearch(each) {
  const address = each?.address;
  return typeof address === "string" && address.length <= LONGEST && /^\/search(\?|$)/.test(address) && Array.isArray(each.seen);
}

const searches = () => kept(SAVED).filter(isSearch);

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
    if (others().length >= MOST) {
      told.textContent = `已保存 ${MOST} 个，不能再多；先在首页去掉几个`;
      return;
    }
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

function cleaned({ address, name, seen }) {
  const ids = seen.filter((id) => typeof id === "string" && id.length < 40).slice(0, NEWEST);
  return { address, name: typeof name === "string" && name ? name.slice(0, 200) : "全部", seen: ids };
}

// The text of a file -> what it adds is kept beside what is there, and a sentence says what became of the rest.
function merged(text) {
  let listed = null;
  try {
    listed = JSON.parse(text);
  } catch {
    // no JSON: told below
  }
  if (!Array.isArray(listed)) return "没有读入：这不是从首页导出的文件";
  const held = searches();
  const ours = listed.filter(isSearch);
  const all = new Map(ours.map((each) => [each.address, cleaned(each)]));
  for (const each of held) all.delete(each.address); // what is here stays as it is
  const added = [...all.values()].slice(0, Math.max(0, MOST - held.length));
  if (added.length && !keep(SAVED, [...held, ...added])) return "没有读入：这个浏览器不让保存";
  const parts = [
    [added.length, "个已读入"],
    [ours.length - all.size, "个已有"],
    [listed.length - ours.length, "个不是本库的检索，没有读入"],
    [all.size - added.length, `个没有读入，最多保存 ${MOST} 个`],
  ];
  return parts.flatMap(([count, words]) => (count ? [`${count} ${words}`] : [])).join("；") || "文件里没有检索";
}

// A button that asks for a file, and says in `told` what became of it.
function importing(told, redraw) {
  const chosen = document.createElement("input");
  Object.assign(chosen, { type: "file", accept: ".json,application/json", hidden: true });
  chosen.addEventListener("change", async () => {
    const [file] = chosen.files;
    chosen.value = ""; // the same file may be chosen again
    if (!file) return;
    const said = file.size > LARGEST ? "没有读入：文件大于 1 MB" : merged(await file.text());
    await redraw();
    told.textContent = said;
  });
  const button = made("button", "从文件读入", () => chosen.click());
  button.className = "quiet";
  return [button, chosen];
}

async function listing(place, told) {
  const held = searches();
  const list = document.createElement("ul");
  list.className = "list";
  list.append(...(await Promise.all(held.map((each) => line(each, () => listing(place, told))))));
  const file = made("a", "导出（JSON）");
  file.download = "wangqi-saved.json";
  file.href = `data:application/json;charset=utf-8,${encodeURIComponent(JSON.stringify(held, null, 1))}`;
  const about = Object.assign(made("p", held.length ? "" : "检索后可以保存，这里会说有没有新的。"), { className: "about" });
  if (held.length) about.append(file, " · ");
  about.append(...importing(told, () => listing(place, told)), " ", told);
  const within = place.contains(document.activeElement);
  place.replaceChildren(made("h2", "保存的检索"), list, about);
  if (within) about.querySelector("button").focus(); // whoever came by keyboard is not sent to the top
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
if (shown) {
  const told = made("span", "");
  told.setAttribute("role", "status");
  listing(shown, told);
}
const issues = [...document.querySelectorAll("[data-issue]")];
if (issues.length) marking(issues);
