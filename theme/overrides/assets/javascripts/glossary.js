// The glossary in English alone: its entries, and those of the contents, stand from A to Z. The index at
// its end names them in this order.

const koreanPlaces = new Map() // where entries stand in Korean: the elements of each

function sortTerms(mode) {
  for (const [place, elements] of koreanPlaces) place.replaceWith(...elements)
  koreanPlaces.clear()
  const index = document.querySelector(".term-index")
  if (!index || mode !== "en") return
  const end = index.previousElementSibling // the heading of the index
  for (const { hash } of index.querySelectorAll("a")) {
    moveBefore(end, entry(document.getElementById(hash.slice(1))))
    for (const contents of document.querySelectorAll(".md-nav--secondary > .md-nav__list")) {
      const link = [...contents.querySelectorAll("a")].find((each) => each.hash === hash)
      moveBefore(contents.lastElementChild, [link.parentElement])
    }
  }
}

// A heading, and what follows it until the next one.
function entry(heading) {
  const elements = [heading]
  for (let next; (next = elements.at(-1).nextElementSibling) && !next.matches("h2, h3"); ) elements.push(next)
  return elements
}

function moveBefore(end, elements) {
  const place = document.createComment("")
  elements[0].before(place)
  koreanPlaces.set(place, elements)
  end.before(...elements)
}
