// Suggestions under the search box, as an ARIA 1.2 combobox: arrows choose, Enter searches, Escape closes.
// The box is an ordinary form without it, and stays one while nothing is offered.
const LEAST = 2; // characters, below which nothing is offered
const PAUSE = 120; // milliseconds without a key before the library is asked
const NAMES = { title: "title", heading: "heading" };

function combobox(form) {
  const box = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  let timer = 0;
  let asked = null; // the request that is under way
  let chosen = -1;

  list.id = "offers";
  list.className = "offers";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  box.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id]]) {
    box.setAttribute(name, value);
  }
  close();

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    list.replaceChildren();
    box.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(at) {
    chosen = at;
    [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    const option = list.children[at];
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function offered(suggestion, at) {
    const option = document.createElement("li");
    const count = document.createElement("small");
    const kind = NAMES[suggestion.kind] ? `${NAMES[suggestion.kind]}, ` : "";
    option.id = `offer-${at}`;
    option.setAttribute("role", "option");
    option.dataset.text = suggestion.text;
    count.textContent = `${kind}${suggestion.passages.toLocaleString("en")} ${suggestion.passages === 1 ? "passage" : "passages"}`;
    option.append(suggestion.text, count);
    return option;
  }

  async function ask() {
    const text = box.value;
    asked?.abort();
    asked = new AbortController();
    try {
      const reply = await fetch(`${form.dataset.suggestions}?${new URLSearchParams({ q: text })}`, { signal: asked.signal });
      const { suggestions } = reply.ok ? await reply.json() : { suggestions: [] };
      const others = suggestions.filter((suggestion) => suggestion.text !== text.trim());
      if (!others.length || box.value !== text || document.activeElement !== box) return close();
      list.replaceChildren(...others.map(offered));
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
      choose(-1);
    } catch {
      // Nothing is offered when the library cannot be asked; the form works all the same.
    }
  }

  function search(option) {
    box.value = option.dataset.text;
    close();
    form.requestSubmit();
  }

  box.addEventListener("input", () => {
    close();
    if (box.value.trim().length >= LEAST) timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(chosen >= last ? -1 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) search(list.children[chosen]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) search(option);
  });
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
}

document.querySelectorAll("form[data-suggestions]").forEach(combobox);
