// A reader who comes from the search or by a link: what was meant opens, where it stands in a tab or
// a fold, and in the language that the reader hides, its other half is shown instead.

const marking = new URL("search/marks.js", document.currentScript.src)
const FOLD = "details:not([open]), .tabbed-block"
const HEADING = "h1, h2, h3, h4, h5, h6"

const NO_TEXT = "nav, .headerlink, [class^=codeout-]"

// Whether the first page is about to be shown, and no page that the browser remembers.
let entered = performance.getEntriesByType("navigation")[0]?.type === "navigate"
let followed = "" // the link that leads to the next page, unless history leads there

document.addEventListener("click", ({ target }) => {
  followed = target.closest("a[href]")?.href ?? followed
})
addEventListener("popstate", () => (followed = ""))

document$.subscribe(() => {
  const target = document.getElementById(anchor())
  // For a link followed while the page still scrolled, Material keeps the place of the old page.
  if (followed === location.href && history.state) {
    if (target) location.replace(location.href)
    else scrollTo(0, 0)
  }
  const hidden = target && !target.checkVisibility()
  if (hidden) reveal(target)
  const place = target?.checkVisibility() ? target : target && otherHalf(target)
  if (hidden) place?.scrollIntoView()
  // Zensical may note a place before the browser has come to this one, and goes back to it.
  if (place && entered) {
    history.replaceState(null, "")
    requestAnimationFrame(() => requestAnimationFrame(() => place.scrollIntoView()))
  }
  entered = false
  const words = new URLSearchParams(location.search).get("h")?.match(/\S+/g)
  if (words) mark(words)
})

// Marks words in the section. Of each, one is to be seen.
async function mark(words) {
  const { marked, pattern } = await import(marking)
  const found = pattern(words)
  const marks = new Map()
  for (const text of textsOf(anchor())) {
    const nodes = marked(text.data, found)
    text.replaceWith(...nodes)
    for (const node of nodes.filter(({ localName }) => localName === "mark")) {
      const word = node.textContent.toLowerCase()
      marks.set(word, [...(marks.get(word) ?? []), node])
    }
  }
  for (const [first, ...rest] of marks.values())
    if (![first, ...rest].some((one) => one.checkVisibility())) reveal(first)
}

function anchor() {
  try {
    return decodeURIComponent(location.hash.slice(1))
  } catch {
    return "" // a % that encodes nothing
  }
}

function otherHalf(element) {
  const half = element.closest(".bitext[lang]")
  return half?.matches("blockquote") ? half.previousElementSibling : half?.nextElementSibling
}

// The texts from a heading to the next one; without a heading, those at the top of the page.
function textsOf(id) {
  const article = document.querySelector("article.md-content__inner")
  const heading = document.getElementById(id) ?? article.querySelector(HEADING)
  const next = [...article.querySelectorAll(HEADING)].find((other) => comesAfter(heading, other))
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT)
  const texts = []
  while (walker.nextNode()) {
    const text = walker.currentNode
    const within = comesAfter(heading, text) && !(next && comesAfter(next, text))
    if (within && !text.parentElement.closest(NO_TEXT)) texts.push(text)
  }
  return texts
}

function comesAfter(one, other) {
  return Boolean(one?.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING)
}

function reveal(element) {
  for (let fold = element.closest(FOLD); fold; fold = fold.parentElement.closest(FOLD)) {
    if (fold.matches("details")) fold.open = true
    else tabOf(fold)?.click()
  }
}

function tabOf(block) {
  const place = [...block.parentElement.children].indexOf(block)
  return block.closest(".tabbed-set").querySelectorAll(":scope > input")[place] // none while all is shown
}
