// What a page does beyond links and forms: completion, copying, telling of new results. Without it all works as well.
"use strict";

const input = document.getElementById("q");
const list = document.getElementById("suggestions");
const wait = 120; // milliseconds without a key before the server is asked

/** Completion as in the combobox pattern of the ARIA Authoring Practices: the focus stays in the box. */
function complete(form) {
  let timer = 0, asked = null, active = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "suggestions",
  }).forEach(([name, value]) => input.setAttribute(name, value));

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function choose(option) {
    input.value = option.dataset.query;
    close();
    input.focus();
    if (/[:<>]$/.test(input.value)) ask(); // a field: its values come next
  }
  function move(step) {
    const all = options();
    active = (active + step + all.length + 1) % (all.length + 1);
    if (active === all.length || active < 0) active = step > 0 ? 0 : all.length - 1;
    all.forEach((each, at) => each.setAttribute("aria-selected", String(at === active)));
    input.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }
  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const typed = input.value;
    if (!typed.trim()) return close();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: asked.signal });
      if (!answer.ok) return close();
      const found = await answer.text();
      if (typed !== input.value || document.activeElement !== input) return;
      list.innerHTML = found;
      active = -1;
      const some = options().length > 0;
      list.hidden = !some;
      input.setAttribute("aria-expanded", String(some));
      input.removeAttribute("aria-activedescendant");
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, wait); });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the keys belong to the input method
    if (list.hidden) {
      if (event.key === "ArrowDown" && input.value) { event.preventDefault(); ask(); }
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      choose(options()[active]);
    } else if (event.key === "Tab") {
      close();
    }
  });
  input.addEventListener("blur", () => setTimeout(close, wait));
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) choose(option);
  });
  form.addEventListener("submit", close);
  document.addEventListener("htmx:before:request", close);
}

/** Buttons that copy are of use only where there is a clipboard. */
function copying(root) {
  if (!navigator.clipboard) return;
  root.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
}

function arrived() {
  const said = document.querySelector("[data-query]"), answer = document.getElementById("answer");
  copying(answer);
  if (!said) return;
  if (input && document.activeElement !== input) {
    input.value = said.dataset.query;
    answer.focus({ preventScroll: true });
  }
  window.scrollTo({ top: 0 });
  document.getElementById("status").textContent = said.dataset.status;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  document.getElementById("status").textContent = "写しました";
});
document.addEventListener("htmx:after:swap", arrived);
// What is no page of ours (a login, a gateway's fault) is shown whole.
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (!/id="answer"/.test(ctx.text)) {
    event.preventDefault();
    location.assign(ctx.request.action);
  }
});
if (input && list) complete(input.form);
copying(document);
