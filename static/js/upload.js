// Chosen files go up one by one, each with its progress and its result; without this file the form sends them.
(() => {
  "use strict";
  const form = document.getElementById("answer-form");
  const input = form?.querySelector("input[type=file]");
  if (!input) return;
  const list = document.getElementById("files");
  const renew = document.getElementById("renew");
  const stopped = []; // files that met an ended session
  document.getElementById("add-files").remove();

  const tell = (name, detail) => form.dispatchEvent(new CustomEvent(name, { detail }));

  const rowOf = (file) => {
    const row = document.createElement("li");
    row.innerHTML = '<div class="file__t"><div><b></b><small role="status"></small></div></div><progress class="bar" max="1" value="0"></progress>';
    row.querySelector("b").textContent = file.name;
    row.querySelector("progress").setAttribute("aria-label", file.name);
    row.querySelector("small").textContent = form.dataset.sending;
    list.append(row);
    return row;
  };

  const refuse = (row, words) => {
    row.querySelector("progress")?.remove();
    row.querySelector("small").className = "bad";
    row.querySelector("small").textContent = words;
  };

  const show = (request, file, row) => {
    if (request.status === 201) {
      row.outerHTML = request.responseText;
      document.getElementById("no-file")?.remove();
    } else if (request.status === 401) {
      stopped.push([file, row]);
      renew.innerHTML = request.responseText;
      window.htmx?.process(renew);
      renew.scrollIntoView({ block: "nearest" });
    } else {
      refuse(row, request.status === 422 ? request.responseText.trim() : form.dataset.failed);
    }
  };

  const send = (file, row) => new Promise((done) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    body.append("writer", form.elements.writer.value);
    body.append("evidence", file);
    request.upload.onprogress = (event) => { row.querySelector("progress").value = event.loaded / event.total; };
    request.onloadend = () => {
      show(request, file, row);
      tell("upload:end", request.status === 201);
      done();
    };
    request.open("POST", form.dataset.upload);
    request.send(body);
  });

  const sendAll = async (pairs) => {
    pairs.forEach(() => tell("upload:start"));
    for (const [file, row] of pairs) await send(file, row);
  };

  input.addEventListener("change", () => {
    const pairs = [...input.files].map((file) => [file, rowOf(file)]);
    input.value = "";
    sendAll(pairs);
  });
  form.addEventListener("renewed", () => sendAll(stopped.splice(0)));
})();
