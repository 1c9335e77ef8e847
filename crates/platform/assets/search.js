// Suggestions while typing in a search box: headings that begin like what was typed. Without this script the box works all the same.
const box = document.querySelector("input[data-suggest]");
const list = box && document.getElementById(box.getAttribute("list"));
let waiting = 0;
let asked = "";
box?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const text = box.value.trim();
    if (text.length < 2 || text === asked) return;
    asked = text;
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(text)}`);
      if (!answer.ok || asked !== text) return;
      const titles = await answer.json();
      list.replaceChildren(...titles.map((title) => new Option("", title)));
    } catch {
      // No line: no suggestions.
    }
  }, 150);
});
