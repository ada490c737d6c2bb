// While an answer is typed: what the autosave says, a session that ended, and one save at a time.
(() => {
  "use strict";
  const form = document.getElementById("answer-form");
  if (!form || !window.htmx) return;
  const saved = document.getElementById("saved");
  const renew = document.getElementById("renew");
  let busy = 0; // requests under way; the form waits for them, or its version would be an old one
  let waiting = null;
  let leaving = false;
  let asked = false; // a new token has been asked for since the last good save
  let last = form;

  const isSave = (event) => event.detail.pathInfo?.requestPath.endsWith("/autosave/");
  const again = () => form.dispatchEvent(new Event("change", { bubbles: true }));
  const free = (ok) => {
    busy -= 1;
    if (!ok) waiting = null;
    if (busy || !waiting) return;
    const button = waiting;
    waiting = null;
    form.requestSubmit(button);
  };

  form.addEventListener("focusin", (event) => { last = event.target; });
  form.addEventListener("submit", (event) => {
    leaving = !busy;
    if (!busy) return;
    event.preventDefault();
    waiting = event.submitter;
  });
  form.addEventListener("upload:start", () => { busy += 1; });
  form.addEventListener("upload:end", (event) => { free(event.detail); });

  const on = (name, act) => document.body.addEventListener(name, act);
  on("htmx:beforeRequest", (event) => {
    if (!isSave(event)) return;
    // While the sign-in panel is open a second one would wipe out the password being typed.
    if (leaving || renew.querySelector("form")) event.preventDefault(); else busy += 1;
  });
  on("htmx:beforeSwap", ({ detail }) => {
    if (![401, 409, 422].includes(detail.xhr.status)) return;
    detail.shouldSwap = true;
    detail.isError = false;
  });
  on("htmx:afterRequest", (event) => {
    if (!isSave(event)) return;
    const { status } = event.detail.xhr;
    if (status === 200) asked = false;
    if (status === 401) saved.textContent = form.dataset.ended;
    free(status === 200 || status === 422);
  });
  const failed = (event) => {
    if (!isSave(event)) return;
    if (event.detail.xhr.status === 403 && !asked) { // the token is old: someone signed in in another tab
      asked = true;
      window.htmx.ajax("GET", form.dataset.renew, "#renew");
      return;
    }
    saved.textContent = form.dataset.offline;
    setTimeout(again, 15000);
  };
  on("htmx:responseError", failed);
  on("htmx:sendError", failed);

  on("htmx:afterSwap", ({ detail }) => {
    if (detail.target !== renew) return;
    const token = renew.querySelector("[data-token]")?.dataset.token;
    if (!token) { renew.scrollIntoView({ block: "nearest" }); return; } // no focus: letters would fall into the password
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    last.focus();
    form.dispatchEvent(new Event("renewed"));
    again();
  });
})();
