// Conveniences only: every page works with this file missing.
(() => {
  "use strict";
  document.documentElement.classList.add("js");
  const live = document.getElementById("live");

  const say = (words) => {
    if (!live) return;
    live.textContent = "";
    setTimeout(() => { live.textContent = words; }, 50); // an unchanged text is not read out again
  };

  const textOf = (source) => ("value" in source ? source.value : source.textContent);

  // Intranet sites on plain http have no clipboard interface, so the old way stays as a second try.
  const copy = async (source) => {
    try {
      await navigator.clipboard.writeText(textOf(source));
      return true;
    } catch {
      const range = document.createRange();
      range.selectNodeContents(source);
      const chosen = getSelection();
      chosen.removeAllRanges();
      if (source.select) source.select(); else chosen.addRange(range);
      return document.execCommand("copy");
    }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-print], [data-copy]");
    if (!button) return;
    if ("print" in button.dataset) { window.print(); return; }
    const source = document.querySelector(button.dataset.copy);
    if (!source) return;
    const done = await copy(source);
    say(done ? button.dataset.copied : button.dataset.failed);
    const label = button.querySelector("[data-label]");
    if (!done || !label || label.dataset.before) return;
    label.dataset.before = label.textContent;
    label.textContent = button.dataset.copied;
    setTimeout(() => {
      label.textContent = label.dataset.before;
      delete label.dataset.before;
    }, 2500);
  });

  // A filter whose answer is no list is opened as a page: that says what is wrong and what to do.
  document.addEventListener("htmx:responseError", ({ detail }) => {
    if (detail.elt.closest(".filters, .mx")) location.assign(detail.xhr.responseURL);
  });

  for (const field of document.querySelectorAll("textarea[maxlength]")) {
    const counter = document.createElement("span");
    counter.className = "counter";
    counter.setAttribute("aria-hidden", "true");
    const show = () => { counter.textContent = `${field.value.length}/${field.maxLength}`; };
    field.after(counter);
    field.addEventListener("input", show);
    show();
  }
})();
