// The words of a query, and the words that the site has for them. How Korean words end, and which
// words mean the same, comes with the index: see theme/search.py.

const TAG = /<[^>]*>/g
const SHORTEST = 2 // syllables of a part of a word
const LONGEST_NAME = 3 // words
const [MOST_WORDS, MOST_LETTERS] = [16, 32] // somebody may paste a page; its beginning is searched
const EXACT = 4 // how much more a whole word counts than the start of one

class Wording {
  constructor({ config, docs }) {
    const { closed, open, rieul, verb, tail, whole, short, idle, same } = config.korean
    this.separator = new RegExp(config.separator, "g")
    this.particles = [closed, open, rieul].map((source) => new RegExp(`^(?:${source})$`))
    this.foreign = new RegExp(`^([^가-힣]+)(?:${closed}|${open}|${verb})$`)
    this.verb = new RegExp(`^(?:${verb}|${tail})$`)
    this.idle = new RegExp(`^(?:${idle})$`)
    this.whole = new Set(whole)
    this.short = new Set(short)
    this.same = new Map()
    for (const names of same) for (const name of names) this.add(name, names)
    const all = docs.map((doc) => `${doc.title} ${doc.text} ${doc.suffix ?? ""}`.replace(TAG, " "))
    this.known = [...new Set(this.split(all.join(" ")))].sort()
  }

  add(name, names) {
    const key = this.split(name).join("")
    this.same.set(key, [...(this.same.get(key) ?? []), ...names])
  }

  split(text) {
    return text.toLowerCase().split(this.separator).filter(Boolean)
  }

  // Whether a word of the site starts so.
  has(start) {
    let [low, high] = [0, this.known.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.known[middle] < start) low = middle + 1
      else high = middle
    }
    return Boolean(this.known[low]?.startsWith(start))
  }

  // Each word of a query with the ways to say it. A way is a list of beginnings of words.
  read(query) {
    const all = this.split(query).map((word) => word.slice(0, MOST_LETTERS))
    const told = all.filter((word) => !this.idle.test(word))
    const asked = [...new Set(told.length ? told : all)].slice(0, MOST_WORDS)
    const words = asked.map((word) => ({ stem: this.stem(word) }))
    for (const word of words) word.ways = [[word.stem], ...forms(word.stem).map((form) => [form])]
    this.addNames(words)
    for (const word of words) {
      word.ways = this.usable(word.ways)
      word.apart = !word.ways.length
      if (word.apart) word.ways = this.usable([this.parts(word.stem)])
    }
    return words
  }

  addNames(words) {
    for (let start = 0; start < words.length; start++)
      for (let end = start + 1; end <= Math.min(start + LONGEST_NAME, words.length); end++) {
        const run = words.slice(start, end)
        const names = this.same.get(run.map(({ stem }) => stem).join("")) ?? []
        for (const { ways } of run) ways.push(...names.map((name) => this.split(name)))
      }
  }

  usable(ways) {
    const usable = ways.filter((way) => way.length && way.every((part) => this.has(part)))
    return [...new Map(usable.map((way) => [way.join(" "), way])).values()]
  }

  // What lunr is asked for: every part as a whole word and, as Material does, as the start of one.
  clauses(words) {
    const parts = words.flatMap(({ stem, ways }) => (ways.length ? ways.flat() : [stem]))
    return [...new Set(parts)].flatMap((part) => [`${part}^${EXACT}`, part])
  }

  // A word without its particles and endings. As in bitext/endings.py.
  stem(word) {
    if (this.whole.has(word) || this.same.has(word)) return word
    if (/^[a-z]+$/.test(word)) return english(word)
    const foreign = word.match(this.foreign)
    if (foreign) return foreign[1]
    for (let end = 1; end < word.length && /^[가-힣]+$/.test(word); end++) {
      const [head, rest] = [word.slice(0, end), word.slice(end)]
      if (end < SHORTEST && !this.short.has(head)) continue
      if (this.particles[sound(head)].test(rest) || this.verb.test(rest)) return head
    }
    return word
  }

  // Words written together: 모델저장, 신경망만들기.
  parts(word) {
    for (let end = word.length - SHORTEST; end >= SHORTEST; end--) {
      const [head, rest] = [word.slice(0, end), this.stem(word.slice(end))]
      if (this.has(head) && this.has(rest)) return [head, rest]
    }
    return []
  }
}

const [FIRST, SYLLABLES, FINALS, VOWELS, RIEUL] = [0xac00, 11172, 28, 21, 8]
const code = (word) => word.charCodeAt(word.length - 1) - FIRST

// Which particles may follow: 0 after a consonant, 1 after a vowel, 2 after ㄹ.
function sound(word) {
  const final = code(word) % FINALS
  return final === RIEUL ? 2 : final ? 0 : 1
}

const CONTRACTED = { 8: 9, 13: 14, 20: 6 } // ㅗ ㅘ, ㅜ ㅝ, ㅣ ㅕ
const ENDS = [0, 4, RIEUL, 16, 17, 20] // no final, ㄴ, ㄹ, ㅁ, ㅂ, ㅆ

// The forms of a verb differ in the last sounds of its stem: 쌓이, 쌓인, 쌓여; 만들, 만드, 만든.
function forms(stem) {
  const last = code(stem)
  if (stem.length < SHORTEST || last < 0 || last >= SYLLABLES) return []
  if (![0, RIEUL].includes(last % FINALS)) return []
  const open = last - (last % FINALS)
  const vowel = Math.floor(open / FINALS) % VOWELS
  const contracted = open + ((CONTRACTED[vowel] ?? vowel) - vowel) * FINALS
  const syllables = [open, contracted].flatMap((start) => ENDS.map((end) => FIRST + start + end))
  return syllables.map((syllable) => stem.slice(0, -1) + String.fromCharCode(syllable))
}

function english(word) {
  const start = word.replace(/(?:ications?|ations?|ions?|ings?|ed|es|(?<![aisu])s)$/, "")
  return start.length > SHORTEST && /[aeiouy]/.test(start) ? start : word
}
