"use strict";
(() => {
  const articles = [...document.querySelectorAll("article")];
  const kinds = [...document.querySelectorAll("button.kind")];
  const find = document.getElementById("find");
  const texts = articles.map((article) => article.textContent.toLowerCase());
  let kind = "";

  const visible = () => articles.filter((article) => !article.hidden);

  function narrow() {
    const wanted = find.value.trim().toLowerCase();
    articles.forEach((article, place) => {
      const isOfKind = !kind || article.dataset.kinds.split(" ").includes(kind);
      article.hidden = !isOfKind || !texts[place].includes(wanted);
    });
    kinds.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.kind === kind)));
    const count = visible().length;
    document.getElementById("found").textContent = `${count} row${count === 1 ? "" : "s"}`;
    document.getElementById("nothing").hidden = count > 0;
  }

  function choose(button) {
    kind = button.dataset.kind;
    narrow();
    scrollTo(0, 0);
  }

  function chooseNext(step) {
    const open = kinds.filter((button) => !button.disabled);
    const here = open.findIndex((button) => button.dataset.kind === kind);
    choose(open[(here + step + open.length) % open.length]);
  }

  function current() {
    const held = document.activeElement.closest("article");
    return held || visible().find((article) => article.getBoundingClientRect().bottom > 40);
  }

  function go(step) {
    const shown = visible();
    const held = document.activeElement.closest("article");
    const here = shown.indexOf(held || current());
    const next = shown[Math.min(Math.max(held ? here + step : here, 0), shown.length - 1)];
    if (next) {
      next.focus({ preventScroll: true });
      next.scrollIntoView({ block: "start" });
    }
  }

  function unfold(article) {
    const details = article && article.querySelector("details.reasoning");
    if (details) details.open = !details.open;
  }

  function unfoldAll() {
    const all = [...document.querySelectorAll("details.reasoning")];
    const isAnyFolded = all.some((details) => !details.open);
    all.forEach((details) => { details.open = isAnyFolded; });
    document.getElementById("unfold").textContent = isAnyFolded ? "Fold all reasoning" : "Unfold all reasoning";
  }

  function changeTheme() {
    const root = document.documentElement;
    const isDark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  }

  const keys = {
    j: () => go(1),
    k: () => go(-1),
    o: () => unfold(current()),
    x: unfoldAll,
    n: () => chooseNext(1),
    p: () => chooseNext(-1),
    t: changeTheme,
    "/": () => { find.focus(); find.select(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === find) {
      if (event.key === "Escape" || event.key === "Enter") find.blur();
      return;
    }
    const action = keys[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
  kinds.forEach((button) => button.addEventListener("click", () => choose(button)));
  find.addEventListener("input", narrow);
  document.getElementById("unfold").addEventListener("click", unfoldAll);
  document.getElementById("theme").addEventListener("click", changeTheme);
})();
