// Submits files one after the other and tells how far each is.
"use strict";
(() => {
  const form = document.querySelector(".drop");
  const list = document.getElementById("da-nop");
  const voice = document.getElementById("bao");
  if (!form || !list) return;
  const words = list.dataset;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const fill = (text, facts) => text.replace(/\{(\w+)\}/g, (_all, name) => facts[name] ?? "");
  let line = Promise.resolve();

  function entry(name) {
    const item = document.createElement("li");
    const title = document.createElement("p");
    title.textContent = name;
    const bar = document.createElement("progress");
    bar.setAttribute("aria-label", name);
    const told = document.createElement("p");
    told.className = "sum";
    told.textContent = words.waiting;
    item.append(title, bar, told);
    list.prepend(item);
    const end = (text, isBad) => {
      bar.remove();
      told.textContent = text;
      item.classList.add(isBad ? "bad" : "well");
      voice.textContent = `${name}: ${text}`;
    };
    return { item, bar, told, end };
  }

  function send(file, seen) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", `/nop/tep?name=${encodeURIComponent(file.name)}`);
      request.setRequestHeader("x-token", form.dataset.token);
      request.setRequestHeader("content-type", "application/octet-stream");
      request.upload.addEventListener("progress", (event) => {
        seen.bar.max = event.total;
        seen.bar.value = event.loaded;
      });
      request.addEventListener("loadend", () => {
        try {
          done(JSON.parse(request.responseText));
        } catch {
          done({ error: words.broken });
        }
      });
      request.send(file);
    });
  }

  async function watch(number, seen) {
    for (;;) {
      const answer = await fetch(`/dang-doc.json?number=${number}`).catch(() => null);
      const now = answer && answer.ok ? await answer.json() : null;
      if (!now || !now.state) return seen.end(words.broken, true);
      if (now.pages) {
        seen.bar.max = now.pages;
        seen.bar.value = now.read;
        seen.told.textContent = fill(words.page, now);
      } else {
        seen.bar.removeAttribute("value");
        seen.told.textContent = now.state === "waiting" ? words.waiting : words.reading;
      }
      const [end] = now.ended;
      if (end) {
        seen.end(end.is_read ? fill(words.done, end) : `${end.message} ${end.advice}`, !end.is_read);
        if (end.plan) {
          const link = document.createElement("a");
          link.href = `/ke-hoach/${end.plan}`;
          link.textContent = words.open;
          seen.item.append(link);
        }
        return;
      }
      if (now.state === "broken") return seen.end(words.broken, true);
      await pause(700);
    }
  }

  async function submit(file, seen) {
    if (file.size > Number(form.dataset.limit)) return seen.end(words.large, true);
    seen.told.textContent = words.sending;
    const answer = await send(file, seen);
    if (answer.error) return seen.end(answer.error, true);
    await watch(answer.number, seen);
  }

  function take(files) {
    for (const file of files) {
      const seen = entry(file.name);
      line = line.then(() => submit(file, seen));
    }
  }

  const input = form.querySelector("input");
  input.addEventListener("change", () => {
    take([...input.files]);
    input.value = "";
  });
  for (const name of ["dragover", "dragleave", "drop"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.toggle("over", name === "dragover");
      if (name === "drop") take([...event.dataTransfer.files]);
    });
  }
  form.addEventListener("submit", (event) => event.preventDefault());
})();
