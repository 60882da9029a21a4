// The copy button gives code alone: what one types at the prompts, without them and their answers.

{
  const PROMPT = /^(?:>>> ?|\$ |In \[\d*\]: ?)/;
  const CONTINUED = /^(?:\.\.\. ?|> | +\.\.\.: ?)/;

  /** What one types at the prompts; null where the first line has none. */
  function typed(text) {
    const lines = text.split("\n");
    if (!PROMPT.test(lines[0])) return null;
    let inside = false;
    const kept = lines.flatMap((line) => {
      const mark = line.match(PROMPT) ?? (inside ? line.match(CONTINUED) : null);
      inside = mark !== null;
      return inside ? [line.slice(mark[0].length)] : [];
    });
    return kept.join("\n");
  }

  document$.subscribe(() => {
    for (const code of document.querySelectorAll(".md-typeset pre > code")) {
      const text = typed(code.textContent);
      if (text !== null) code.dataset.copy = text; // Material copies this where it is given
    }
    // Material puts each button into a landmark of its own, and none has a name.
    for (const nav of document.querySelectorAll(".md-code__nav")) nav.role = "none";
  });
}
