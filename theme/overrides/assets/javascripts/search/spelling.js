// What a word that the site does not have was meant to be: typed on the other keyboard, or a slip
// away from a word that it has, two if it is long.

import { isWithin } from "./distance.js"
import { letters } from "./jamo.js"
import { asKorean, asLatin } from "./keyboard.js"

const LATIN = /^[a-z0-9]+$/
const SHORTEST = 4 // letters
const LONG = 3 // syllables: a shorter word is taken for another only if the two sound alike
const VERY_LONG = 9 // letters: there may be two slips
const ALIKE = ["ㅐㅔ", "ㅒㅖ", "ㅏㅑ", "ㅓㅕ", "ㅗㅛ", "ㅜㅠ", "ㄱㄲㅋ", "ㄷㄸㅌ", "ㅂㅃㅍ", "ㅅㅆ", "ㅈㅉㅊ", "ㄴㅁㅇ"]
const heardAs = new Map(ALIKE.flatMap((group) => [...group].map((letter) => [letter, group[0]])))

export class Spelling {
  // `words` are those of the site, with how often each is there; `stem` takes endings off.
  constructor(words, stem) {
    this.words = [...words].map(([word, count]) => ({ word, count, letters: letters(word) }))
    this.known = new Set(words.keys())
    this.stem = stem
  }

  // The word that was meant; null if there is none. `isName` tells of a word whether it makes a name
  // with one beside it.
  correct(typed, isName = () => false) {
    const word = typed.toLowerCase()
    const found = this.fromOtherKeyboard(typed) ?? this.nearest(word, isName)
    return found ?? (LATIN.test(word) ? null : this.nearest(this.stem(word), isName))
  }

  fromOtherKeyboard(typed) {
    const other = LATIN.test(typed.toLowerCase()) ? asKorean(typed) : asLatin(typed)
    return other?.length > 1 && this.known.has(this.stem(other)) ? other : null
  }

  nearest(word, isName) {
    const there = letters(word)
    if (there.length < SHORTEST) return null
    const within = (slips) => this.words.filter((each) => isWithin(there, each.letters, slips))
    const near = within(1)
    const alike = near.filter((each) => heard(each.letters) === heard(there))
    const named = near.filter((each) => isName(each.word))
    if (alike.length || named.length || word.length < LONG) return mostFrequent(alike, named)
    // Fingers that are too fast swap letters; they seldom find a wrong one beside the right ones.
    const swapped = near.filter((each) => sorted(each.letters) === sorted(there))
    return mostFrequent(swapped, near, there.length < VERY_LONG ? [] : within(2))
  }
}

// The most frequent word of the first list that has any.
function mostFrequent(...lists) {
  const words = lists.find(({ length }) => length) ?? []
  return words.sort((one, other) => other.count - one.count)[0]?.word ?? null
}

const heard = (word) => [...word].map((letter) => heardAs.get(letter) ?? letter).join("")

const sorted = (word) => [...word].sort().join("")
