// A reader who comes from the search or by a link: what was meant opens, where it stands in a tab or
// a fold, and in the language that the reader hides, its other half is shown instead.

const FOLD = "details:not([open]), .tabbed-block"
const HEADING = "h1, h2, h3, h4, h5, h6"

let instant = false // whether Material has marked words already, and only those that it saw
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
  if (target && !target.checkVisibility()) {
    reveal(target)
    const shown = target.checkVisibility() ? target : otherHalf(target)
    shown?.scrollIntoView()
  }
  const words = new URLSearchParams(location.search).get("h")?.toLowerCase().match(/\S+/g) ?? []
  const texts = words.length ? textsOf(anchor()) : []
  for (const word of words) {
    const found = texts.filter((text) => text.data.toLowerCase().includes(word))
    if (found.length && !found.some(({ parentElement }) => parentElement.checkVisibility())) {
      reveal(found[0].parentElement)
      if (instant) mark(found[0], word)
    }
  }
  instant = true
})

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
    if (comesAfter(heading, text) && !(next && comesAfter(next, text))) texts.push(text)
  }
  return texts
}

function comesAfter(one, other) {
  return Boolean(one?.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING)
}

function reveal(element) {
  for (let fold = element.closest(FOLD); fold; fold = fold.parentElement.closest(FOLD)) {
    if (fold.matches("details")) fold.open = true
    else tabOf(fold).click()
  }
}

function tabOf(block) {
  const place = [...block.parentElement.children].indexOf(block)
  return block.closest(".tabbed-set").querySelectorAll(":scope > input")[place]
}

function mark(text, word) {
  const found = text.splitText(text.data.toLowerCase().indexOf(word))
  found.splitText(word.length)
  const marked = document.createElement("mark")
  found.replaceWith(marked)
  marked.append(found)
}
