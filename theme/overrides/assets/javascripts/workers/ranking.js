// The order of what was found: rare words count more than common ones, words side by side more than
// words apart, and what stands far behind the best is left out.

const APART = 0.5 // what a word counts that stands in another section of the page
const SIDE_BY_SIDE = 3
const ENOUGH = 0.45 // of what the best page has
const GAP = "[^\\s.]*[^a-z0-9가-힣]{1,3}"
const MARKUP = /<[^>]*>/g

// `pages` are lists of sections as Material's worker gives them, `words` what Wording.read gave.
function rank(pages, words, sections) {
  const found = pages.map((items) => items.map((item) => words.map((word) => said(item, word))))
  const weights = words.map((_, place) => {
    const count = found.flat().filter((ways) => ways[place].length).length
    return count ? Math.log(1 + sections / count) : 0
  })
  const total = sum(weights) || 1
  const side = sideBySide(words)
  const ranked = pages.map((items, page) => {
    const all = sum(weights.filter((_, place) => found[page].some((ways) => ways[place].length)))
    items.forEach((item, place) => {
      const here = sum(weights.filter((_, word) => found[page][place][word].length))
      item.score = ((here + APART * all) / total) ** 2 * Math.sqrt(plainScore(item))
      if (side?.test(plain(item))) item.score *= SIDE_BY_SIDE
    })
    items.forEach((item, place) => present(item, words, found[page][place]))
    return items.sort(byScore)
  })
  ranked.sort(([one], [other]) => byScore(one, other))
  const full = ranked.filter(([best]) => (best.boost ?? 1) >= 1) // the rest is there for reference
  const best = (full.length ? full : ranked)[0]?.[0].score
  return ranked.filter(([first]) => first.score >= ENOUGH * best)
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)
const byScore = (one, other) => other.score - one.score
const plain = ({ title, text }) => `${title} ${text}`.replace(MARKUP, "").toLowerCase()

// The ways in which a section says a word. The words of a name stand side by side.
function said(item, { ways, apart }) {
  return ways.filter((way) => {
    const there = way.every((part) => item.terms[part])
    return there && (apart || way.length === 1 || new RegExp(way.join(GAP)).test(plain(item)))
  })
}

// lunr's score, without what Material adds for a page's own text and for each term found.
function plainScore({ score, parent, terms }) {
  const all = Object.values(terms)
  const share = all.length ? all.filter(Boolean).length / all.length : 0
  return score / (1 + (share + (parent ? 0 : 1)) ** 2)
}

function sideBySide(words) {
  if (words.length < 2 || words.some(({ ways }) => !ways.length)) return null
  const any = words.map(({ ways }) => `(?:${ways.map((way) => way.join(GAP)).join("|")})`)
  return new RegExp(any.join(GAP))
}

// What the list of results shows of a section, and hands on to the page to be marked there.
function present(item, words, ways) {
  const missing = words.filter((_, place) => !ways[place].length).map(({ stem }) => [stem, false])
  const matched = [...new Set(ways.flat(2))]
  item.terms = Object.fromEntries([...missing, ...matched.map((term) => [term, true])])
  item.text = teaser(item.text, matched)
  delete item.suffix
}

// Material marks whole words. A word within a word, or none at all, is shown by its paragraph.
function teaser(text, terms) {
  if (text.includes("<mark>")) return text
  const blocks = text.split(/(?=<(?:p|pre|li)>)|(?<=<\/(?:p|pre|li)>)/)
  if (!terms.length) return blocks[0]
  const inside = new RegExp(`(${terms.join("|")})(?![^<]*>)`, "gi")
  const block = blocks.find((part) => part.search(inside) >= 0) ?? blocks[0]
  return block.replace(inside, "<mark>$1</mark>")
}
