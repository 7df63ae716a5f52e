// While files are being read, the list grows by itself.
"use strict";
(() => {
  const told = document.querySelector(".under-way");
  if (!told) return;
  let known = -1;
  async function look() {
    const answer = await fetch("/dang-doc.json").catch(() => null);
    if (!answer || !answer.ok) return setTimeout(look, 5000);
    const readings = (await answer.json()).under_way;
    const sum = (count) => readings.reduce((all, one) => all + count(one), 0);
    const ended = sum((one) => one.ended.length);
    const facts = { done: ended, all: sum((one) => one.names.length), read: sum((one) => one.read) };
    told.querySelector("progress").max = facts.all || 1;
    told.querySelector("progress").value = ended;
    told.querySelector("span").textContent = told.dataset.text.replace(/\{(\w+)\}/g, (_all, name) => facts[name]);
    if (ended !== known || !readings.length) {
      const page = await (await fetch(location.href)).text();
      const fresh = new DOMParser().parseFromString(page, "text/html");
      for (const id of ["danh-sach", "tong"]) {
        const [now, next] = [document, fresh].map((one) => one.getElementById(id));
        if (now && next && !now.contains(document.activeElement)) now.replaceWith(next);
      }
      known = ended;
    }
    if (readings.length) setTimeout(look, 1500);
    else told.remove();
  }
  look();
})();
