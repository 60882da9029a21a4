// Names that are in both languages, `한국어 · English`, where no element can mark the halves: the title
// of the window, labels of buttons and links. They follow the reading mode, and so does the language
// of the document.

const NAMED = ".md-skip, .md-top, .md-nav--secondary > .md-nav__title"
const LABELS = ["title", "aria-label"]
const whole = new WeakMap() // by element: its names in both languages, by attribute

function half(text, mode) {
  const halves = text.split(" · ")
  if (halves.length !== 2 || mode === "both") return text
  const [number] = text.match(/^\d+\. /) ?? [""] // of a lesson: it stands before both
  return mode === "en" ? number + halves[1] : halves[0]
}

function remembered(owner, name, now) {
  const names = whole.get(owner) ?? {}
  whole.set(owner, names)
  if (now.includes(" · ")) names[name] = now
  return names[name] ?? now
}

function nameLabel(element, label) {
  const mode = document.documentElement.dataset.reading ?? "both"
  const now = element.getAttribute(label)
  const name = now === null ? "" : half(remembered(element, label, now), mode)
  if (name && name !== now) element.setAttribute(label, name)
}

function nameAll(mode) {
  document.documentElement.lang = mode === "en" ? "en" : "ko"
  const title = remembered(document.querySelector("title"), "text", document.title)
  document.title = title.split(" - ").map((part) => half(part, mode)).join(" - ")
  for (const label of LABELS) {
    for (const element of document.querySelectorAll(`[${label}]`)) nameLabel(element, label)
  }
  for (const element of document.querySelectorAll(NAMED)) {
    for (const text of element.childNodes) {
      if (text.nodeType === Node.TEXT_NODE) text.data = half(remembered(text, "text", text.data), mode)
    }
  }
}

// Material takes the title of what has a tooltip, and puts it back later.
new MutationObserver((changes) => {
  for (const { target, attributeName } of changes) nameLabel(target, attributeName)
}).observe(document.body, { subtree: true, attributeFilter: LABELS })
