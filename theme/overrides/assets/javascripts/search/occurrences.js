// Where the site says a term: in which sections, how often, how well, at which places.

const BESIDE = 2 // how far the parts of a name may be apart

// Gives, by section, the weighted count, the best quality, the places and the words themselves.
export function occurrencesOf(index, { ways }) {
  const sections = new Map()
  for (const { parts, quality } of ways)
    for (const { section, weight, from, to, fits, words } of sideBySide(index, parts)) {
      const said = sections.get(section) ?? { count: 0, quality: 0, places: [], words: new Set() }
      said.count += weight * fits * quality
      said.quality = Math.max(said.quality, fits * quality)
      said.places.push([from, to])
      for (const word of words) said.words.add(word)
      sections.set(section, said)
    }
  return sections
}

// Where all parts of a name stand after one another.
function sideBySide(index, parts) {
  const [first, ...rest] = parts.map((part) => [...eachOf(index, part)])
  return rest.reduce((before, next) => {
    const there = bySection(next)
    return before.flatMap((one) => {
      const isNear = ({ from }) => from > one.to && from <= one.to + BESIDE
      const near = there.get(one.section)?.find(isNear)
      return near ? [joined(one, near)] : []
    })
  }, first)
}

function joined(one, next) {
  const words = [...one.words, ...next.words]
  return { ...one, to: next.to, fits: Math.min(one.fits, next.fits), words }
}

function* eachOf(index, part) {
  for (const [word, fits] of part) yield* index.occurrences(word, fits)
}

function bySection(occurrences) {
  const sections = new Map()
  for (const one of occurrences)
    if (sections.has(one.section)) sections.get(one.section).push(one)
    else sections.set(one.section, [one])
  return sections
}
