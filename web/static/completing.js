// What has been typed into a search box -> a list of completions below it (the ARIA combobox pattern); without it the
// box works as it is. Arrows choose, Enter asks, Escape closes; an input method that is composing is left alone.
"use strict";

const PAUSE = 120; // milliseconds without a key before the server is asked
const KINDS = { tag: "标签", word: "", title: "标题" };
const LAST_WORD = /[^\s()（）|｜:：]*$/;

class Completing {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.id = "completions";
    this.list.className = "completions";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "补全");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.parentElement.append(this.list);
    this.close();
    input.addEventListener("input", (event) => event.isComposing || this.wait());
    input.addEventListener("compositionend", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
    addEventListener("pagehide", () => this.close());
  }

  get options() {
    return [...this.list.children];
  }

  wait() {
    this.stop();
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  stop() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  // Of the whole text; where nothing goes on so, of its last word.
  async ask() {
    const typed = this.input.value;
    const last = typed.search(LAST_WORD);
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      for (const start of new Set([0, last])) {
        const found = await this.fetched(typed.slice(start), signal);
        const shown = start ? found.filter((each) => each.kind !== "title") : found;
        if (signal.aborted) return;
        this.show(shown, typed.slice(0, start));
        if (shown.length) return;
      }
    } catch {
      if (!signal.aborted) this.close(); // a server that is gone: the box still works
    }
  }

  async fetched(text, signal) {
    if (!text.trim()) return [];
    const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(text)}`, { signal });
    return answer.ok ? (await answer.json()).suggestions : [];
  }

  show(suggestions, before) {
    this.list.replaceChildren(...suggestions.map((each, n) => this.option(each, n, before)));
    this.list.hidden = !suggestions.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.choose(null);
  }

  option({ text, kind, count }, n, before) {
    const made = document.createElement("li");
    const about = document.createElement("span");
    made.id = `completion-${n}`;
    made.setAttribute("role", "option");
    made.dataset.text = before + text;
    made.append(text);
    about.className = "count";
    about.append(kind === "title" && count === 1 ? KINDS.title : `${KINDS[kind]} ${count} 条`);
    made.append(about);
    return made;
  }

  close() {
    this.stop();
    this.show([], "");
  }

  choose(option) {
    this.chosen = option;
    for (const each of this.options) each.setAttribute("aria-selected", String(each === option));
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  take(option) {
    if (!option) return;
    this.input.value = option.dataset.text;
    this.close();
    this.input.form.requestSubmit();
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.move(event);
    else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault(); // the first one closes the list, the next one empties the box
      this.close();
    } else if (event.key === "Enter" && this.chosen) {
      event.preventDefault();
      this.take(this.chosen);
    }
  }

  // Down from the last comes the text as typed, then the first again.
  move(event) {
    if (this.list.hidden) return;
    event.preventDefault();
    const stops = [null, ...this.options];
    const step = event.key === "ArrowDown" ? 1 : -1;
    this.choose(stops[(stops.indexOf(this.chosen) + step + stops.length) % stops.length]);
  }
}

for (const input of document.querySelectorAll('form[role="search"] input[name="q"]')) new Completing(input);
