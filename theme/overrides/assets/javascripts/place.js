// What the reader looks at stays where it is, though a change lets text above it come or go.

function keepPlace(change) {
  const seen = [...document.querySelectorAll("article :is(h1, h2, h3, h4, p, li, pre, table)")]
    .filter((element) => element.getClientRects().length && element.getBoundingClientRect().bottom > 64)
    .slice(0, 24)
    .map((element) => [element, element.getBoundingClientRect().top])
  change()
  const [kept, top] = seen.find(([element]) => element.getClientRects().length) || []
  if (kept && scrollY > 0) scrollBy({ top: kept.getBoundingClientRect().top - top, behavior: "instant" })
}
