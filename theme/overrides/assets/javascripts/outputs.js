// Long outputs fold.

{
  const OUTPUTS = ":is(.tabbed-block, .notebook-out) .language-text pre > code";
  const LONG = 24; // lines; a few more than are shown, so that folding is worth a click
  const SHOWN = 16;

  /** Where line `number` begins in the text below `root`, or null where there are fewer lines. */
  function lineStart(root, number) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let left = number;
    while (walker.nextNode()) {
      let at = -1;
      while ((at = walker.currentNode.data.indexOf("\n", at + 1)) !== -1) {
        left -= 1;
        if (left === 0) return [walker.currentNode, at + 1];
      }
    }
    return null;
  }

  /** A word of the page in both languages, as the reading modes know it. */
  function words(korean, english) {
    return `<span class="bitext" lang="ko">${korean}</span><span class="bitext-dot"> · </span>`
      + `<span class="bitext" lang="en">${english}</span>`;
  }

  function label(button, open, hidden) {
    button.setAttribute("aria-expanded", String(open));
    button.innerHTML = open
      ? words("접기", "Show less")
      : words(`${hidden}줄 더 보기`, `Show ${hidden} more lines`);
  }

  /** The lines from SHOWN on go behind a button; a search in the page still finds them. */
  function fold(code) {
    const lines = code.textContent.trimEnd().split("\n").length;
    if (lines <= LONG || code.querySelector(".output-rest")) return;
    const range = document.createRange();
    range.setStart(...lineStart(code, SHOWN));
    range.setEnd(code, code.childNodes.length);
    const rest = document.createElement("div");
    rest.className = "output-rest";
    rest.id = `output-rest-${document.querySelectorAll(".output-rest").length + 1}`;
    rest.append(range.extractContents());
    code.append(rest);

    const button = document.createElement("button");
    button.type = "button";
    button.className = "output-more";
    button.setAttribute("aria-controls", rest.id);
    const show = (open) => {
      // The attribute, as browsers that do not know "until-found" read it as plain `hidden`.
      if (open) rest.removeAttribute("hidden");
      else rest.setAttribute("hidden", "until-found");
      label(button, open, lines - SHOWN);
    };
    button.addEventListener("click", () => show(rest.hidden !== false));
    rest.addEventListener("beforematch", () => show(true));
    show(rest.querySelector("mark") !== null);
    code.closest("pre").after(button);
  }

  document$.subscribe(() => document.querySelectorAll(OUTPUTS).forEach(fold));
}
