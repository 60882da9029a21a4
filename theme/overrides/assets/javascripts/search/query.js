// What somebody asks for. Each word of the query becomes a term: the ways in which the site may say
// it. A way is a list of parts that stand side by side; a part maps words to how well each fits.

import { isIdle, isVague } from "./idle.js"
import { asKorean } from "./keyboard.js"
import { alone, verbOf } from "./korean.js"
import { Spelling } from "./spelling.js"
import { Synonyms } from "./synonyms.js"
import { isLatin } from "./words.js"

const LONGEST_NAME = 3 // words
const [MOST_WORDS, MOST_LETTERS] = [24, 32] // somebody may paste a page; its beginning is searched
const [JOINED, OTHER_NAME, CORRECTED] = [0.95, 0.7, 0.9]

const [NOT, BEFORE_NOT] = [/^[않못]/, /지[가는도를]$/] // 켜지지가 않아요 is 켜지지 않아요

export class Reader {
  constructor(index, same) {
    this.index = index
    this.synonyms = new Synonyms(
      same,
      (name) => [...index.words(name)].map(({ word }) => word),
      (word) => index.stem(word),
      (word) => index.korean.beginning(word),
    )
    this.spelling = new Spelling(this.wordsWithCounts(), (word) => index.stem(word))
  }

  // What readers ask may be misspelt: nothing is corrected to that.
  wordsWithCounts() {
    const counts = new Map()
    const add = (word, count) => count && counts.set(word, (counts.get(word) ?? 0) + count)
    for (const { word, stem } of this.index.entries.values())
      add(isLatin(word) ? word : stem, this.index.count(word))
    for (const word of this.synonyms.words()) add(word, 1)
    return counts
  }

  // `literal`: nothing is corrected.
  read(text, { literal = false } = {}) {
    const terms = this.asked(text).map((word) => this.known(word))
    this.addNeighbours(terms)
    const read = terms.flatMap((term) => (isWhole(term) ? [term] : this.apart(term)))
    this.addNeighbours(read)
    if (literal) return read
    read.forEach((term, at) => {
      if (!term.ways.length) this.correct(term, [read[at - 1]?.stem, read[at + 1]?.stem])
    })
    if (read.some(({ meant }) => meant)) this.addNeighbours(read)
    return read
  }

  // The words that tell what somebody asks for, with their places; all of them if none does.
  asked(text) {
    const words = [...this.index.words(text)].slice(0, MOST_WORDS)
    const wordAt = (at) => {
      const word = words[at].word.slice(0, MOST_LETTERS)
      return NOT.test(words[at + 1]?.word) ? word.replace(BEFORE_NOT, "지") : word
    }
    const all = words.map((each, at) => ({ ...each, word: wordAt(at), at }))
    const named = ({ inName, word, at }) => (inName && word.length > 1) || this.isInName(all, at)
    const telling = all.filter((each) => named(each) || !this.isIdle(each))
    return telling.length ? telling : all
  }

  // Idle words may be typed on the other keyboard, too.
  isIdle({ word, typed }) {
    const isSlip = isLatin(word) && !this.index.known.has(this.index.stem(word))
    return isIdle(word) || (isSlip && isIdle(asKorean(typed) ?? ""))
  }

  // Whether a word is part of a name in code that is written apart: no grad.
  isInName(words, at) {
    const [before, word, after] = [at - 1, at, at + 1].map((place) => words[place]?.word)
    return this.index.names.has(`${before} ${word}`) || this.index.names.has(`${word} ${after}`)
  }

  // A term as it stands, or as it is without the words that are written with it.
  known(asked) {
    const term = this.term(asked)
    if (term.ways.length) return term
    const verb = verbOf(asked.word)
    if (verb !== asked.word) return { ...this.known({ ...asked, word: verb }), verb: true }
    const word = alone(asked.word)
    if (word === asked.word) return term
    const other = this.term({ ...asked, word })
    return other.ways.length ? other : term
  }

  term({ word, typed, at }) {
    const stem = this.index.stem(word)
    const verb = this.index.isVerb(word)
    const vague = isVague(word) || isVague(stem)
    const term = { word, typed, at, stem, verb, vague, ways: [], meant: null }
    this.addWay(term, [word], 1)
    this.addRoot(term)
    this.addSplits(term)
    this.addNames(term, [term])
    const beginning = this.index.korean.beginning(word)
    if (beginning) this.addNames(term, [{ stem: beginning }])
    return term
  }

  // A way counts only if the site has all of its parts, and the first of two that are the same.
  addWay(term, words, quality, split = false) {
    const parts = words.map((word) => this.index.find(word))
    const name = words.map((word) => this.index.stem(word)).join(" ")
    const isNew = !term.ways.some((way) => way.name === name)
    if (isNew && parts.every((part) => part.size)) term.ways.push({ name, parts, quality, split })
  }

  // What a word is derived from, and its names: 시험용 is of 시험, or 테스트.
  addRoot(term) {
    const root = this.index.root(term.word)
    if (root === term.stem) return
    for (const name of [[root], ...this.synonyms.of([root])]) this.addWay(term, name, OTHER_NAME)
  }

  addNames(term, run) {
    for (const name of this.synonyms.of(run.map(({ stem }) => stem)))
      this.addWay(term, name, OTHER_NAME)
  }

  // Two words of the query that are one word on the site, or one name: 데이터 셋, 경사 하강법.
  addNeighbours(terms) {
    for (let start = 0; start < terms.length; start++)
      for (let end = start + 2; end <= Math.min(start + LONGEST_NAME, terms.length); end++) {
        const run = terms.slice(start, end)
        const joined = run.slice(0, -1).map(({ word }) => word).join("") + run.at(-1).stem
        for (const term of run) {
          if (this.index.known.has(joined)) this.addWay(term, [joined], JOINED)
          this.addNames(term, run)
        }
      }
  }

  // One word of the query that is two on the site: 손실함수, 모델저장.
  addSplits(term) {
    const mayBeApart = !isLatin(term.word) && !term.word.endsWith("기")
    for (const pair of this.splits(term.word)) this.addWay(term, pair, JOINED, mayBeApart)
  }

  *splits(word) {
    for (let end = word.length - 1; end > 1; end--) {
      const [head, rest] = [word.slice(0, end), this.index.stem(word.slice(end))]
      if (this.isPart(head) && this.isPart(rest)) yield [head, rest]
    }
  }

  isPart(word) {
    if (!this.index.known.has(word) || this.index.korean.foreign.test(word)) return false
    return word.length >= (isLatin(word) ? 4 : 2) || this.index.korean.nouns.has(word)
  }

  // Words written together that the site has no word for are searched apart.
  apart(term) {
    const parts = this.parts(term.word)
    if (!parts) return [term]
    const place = (step) => term.at + step / parts.length
    return parts.map((word, step) => this.term({ word, typed: word, at: place(step) }))
  }

  // What a word is made of, each with its particles: 모델을저장하기.
  parts(word) {
    const stem = this.index.stem(word)
    if (this.isPart(stem) || (stem !== word && this.index.known.has(stem))) return [word]
    for (let end = word.length - 1; end > 1; end--) {
      const head = word.slice(0, end)
      const isHead = this.isPart(head) || this.isPart(this.index.stem(head))
      const rest = isHead && this.parts(word.slice(end))
      if (rest) return [head, ...rest]
    }
    return null
  }

  // `beside` are the stems before and after it.
  correct(term, [before, after]) {
    const isName = (word) =>
      this.synonyms.of([before, word]).length > 0 || this.synonyms.of([word, after]).length > 0
    const isMade = (word) => !isLatin(word) && this.parts(word) !== null
    const meant = this.spelling.correct(term.typed, isName, isMade)
    if (!meant) return
    const { ways, stem } = this.term({ ...term, word: meant, typed: meant })
    for (const way of ways) term.ways.push({ ...way, quality: way.quality * CORRECTED })
    if (ways.length) Object.assign(term, { meant, word: meant, stem })
  }
}

// Whether the site has a term as one word, or by another name.
const isWhole = ({ ways }) => ways.some(({ split }) => !split)
