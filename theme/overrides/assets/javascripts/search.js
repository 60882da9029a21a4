// Opens the search, by its button, `/` or Ctrl-K. What it needs is loaded when somebody first does.
{
  const module = new URL("search/dialog.js", document.currentScript.src)
  const site = new URL("../../", document.currentScript.src)
  const TYPING = "input, textarea, select, [contenteditable]"

  const open = async () => (await import(module)).open(site)

  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-search-open]")) open()
  })
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, target } = event
    const named = (ctrlKey || metaKey) && !altKey && key.toLowerCase() === "k"
    const slash = key === "/" && !ctrlKey && !metaKey && !altKey && !target.closest(TYPING)
    if (!named && !slash) return
    event.preventDefault()
    open()
  })
  document$.subscribe(() => {
    for (const button of document.querySelectorAll("[data-search-open]")) button.hidden = false
  })
}
