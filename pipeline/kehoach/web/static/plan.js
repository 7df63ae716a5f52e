// A plan's page: facts light up where they stand, and what stands there leads to its fact.
"use strict";
(() => {
  const paper = document.querySelector(".paper");
  const facts = document.querySelector(".facts");
  if (!paper || !facts) return;
  const places = new Map();
  for (const place of paper.querySelectorAll("[data-of]")) {
    for (const key of place.dataset.of.split(" ")) {
      if (!places.has(key)) places.set(key, []);
      places.get(key).push(place);
    }
  }
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let lit = null;
  let waiting = 0;

  function light(fact) {
    if (lit === fact) return;
    for (const one of document.querySelectorAll(".lit")) one.classList.remove("lit");
    lit = fact;
    if (!fact) return;
    fact.classList.add("lit");
    for (const place of places.get(fact.id) || []) place.classList.add("lit");
  }

  // Moves `box` into the sight of `scroller`, and only that scroller.
  function show(scroller, element) {
    const outer = scroller.getBoundingClientRect();
    const inner = element.getBoundingClientRect();
    const isOwnScroller = scroller.scrollHeight > scroller.clientHeight + 1;
    if (!isOwnScroller) return;
    if (inner.top >= outer.top + 8 && inner.bottom <= outer.bottom - 8) return;
    const room = Math.max((scroller.clientHeight - inner.height) / 3, 16);
    const top = scroller.scrollTop + inner.top - outer.top - room;
    scroller.scrollTo({ top, behavior: calm.matches ? "auto" : "smooth" });
  }

  function follow(fact) {
    light(fact);
    const place = document.getElementById(`o-${fact.id}`) || (places.get(fact.id) || [])[0];
    if (place) show(paper, place.textContent ? place : place.nextElementSibling || place);
  }

  facts.addEventListener("pointerover", (event) => {
    const fact = event.target.closest(".fact");
    if (!fact || event.pointerType === "touch") return;
    light(fact);
    clearTimeout(waiting);
    waiting = setTimeout(() => follow(fact), 180);
  });
  facts.addEventListener("pointerleave", () => clearTimeout(waiting));
  facts.addEventListener("focusin", (event) => {
    const fact = event.target.closest(".fact");
    if (fact) follow(fact);
  });
  facts.addEventListener("click", (event) => {
    const fact = event.target.closest(".fact");
    if (!fact) return;
    if (event.target.closest("a.where")) event.preventDefault();
    follow(fact);
  });

  function go(key) {
    const fact = document.getElementById(key);
    if (!fact) return;
    const folded = fact.closest("details");
    if (folded) folded.open = true;
    light(fact);
    if (facts.scrollHeight > facts.clientHeight + 1) show(facts, fact);
    else fact.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
    const link = fact.querySelector("a.where");
    if (link) link.focus({ preventScroll: true });
    history.replaceState(null, "", `#${key}`);
  }
  paper.addEventListener("click", (event) => {
    const place = event.target.closest("[data-of]");
    if (!place) return;
    event.preventDefault();
    go(place.dataset.go || place.dataset.of);
  });
  paper.addEventListener("pointerover", (event) => {
    const place = event.target.closest("[data-of]");
    const key = place && (place.dataset.go || place.dataset.of);
    if (key && event.pointerType !== "touch") light(document.getElementById(key));
  });

  // Arrows lead from fact to fact; Home and End to the first and the last.
  facts.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1, Home: -Infinity, End: Infinity };
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const here = event.target.closest(".fact");
    if (!here) return;
    const links = [...facts.querySelectorAll(".fact a.where")].filter((one) => one.checkVisibility());
    const place = links.indexOf(here.querySelector("a.where"));
    const next = links[Math.min(Math.max(place + step, 0), links.length - 1)];
    if (!next) return;
    event.preventDefault();
    next.focus({ preventScroll: true });
    const fact = next.closest(".fact");
    if (facts.scrollHeight > facts.clientHeight + 1) show(facts, fact);
    else fact.scrollIntoView({ block: "center" });
  });

  const asked = decodeURIComponent(location.hash.slice(1)).replace(/^o-/, "");
  if (asked && document.getElementById(asked)?.classList.contains("fact")) {
    const fact = document.getElementById(asked);
    requestAnimationFrame(() => {
      go(asked);
      follow(fact);
    });
  }
})();
