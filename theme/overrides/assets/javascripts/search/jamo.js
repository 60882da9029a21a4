// Korean syllables as the letters that make them: 텐서 is ㅌㅔㄴㅅㅓ.

const [FIRST, LAST, VOWELS, FINALS] = [0xac00, 0xd7a3, 21, 28]
const INITIAL = [..."ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"]
const VOWEL = [..."ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"]
const TYPED_VOWEL = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ")
const FINAL = " ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ")

// The letters of a word; what is no syllable stays.
export const letters = (word) => spelled(word, VOWEL)

// The letters as they are typed: ㅘ is ㅗ and ㅏ.
export const typedLetters = (word) => spelled(word, TYPED_VOWEL)

function spelled(word, vowels) {
  const spell = (sign) => {
    const code = sign.charCodeAt(0)
    if (code < FIRST || code > LAST) return sign
    const [initial, vowel, final] = parts(code)
    return INITIAL[initial] + vowels[vowel] + FINAL[final]
  }
  return [...word].map(spell).join("")
}

// Which particles may follow a word: those after a consonant, a vowel, or ㄹ.
export function sound(word) {
  const final = FINAL[parts(word.charCodeAt(word.length - 1))[2]]
  return final === "ㄹ" ? "rieul" : final ? "consonant" : "vowel"
}

// Syllables from letters as they are typed one by one; null if some are left over.
export function syllables(typed) {
  const found = typed.match(SYLLABLE)
  if (!found || found.join("") !== typed) return null
  return found.map((one) => {
    const [, initial, vowel, final] = one.match(PARTS)
    const place = INITIAL.indexOf(initial) * VOWELS + TYPED_VOWEL.indexOf(vowel)
    return String.fromCharCode(FIRST + place * FINALS + FINAL.indexOf(final))
  }).join("")
}

const longest = (all) =>
  [...all].filter(Boolean).sort((one, other) => other.length - one.length).join("|")
// A final is not taken from the syllable after it: what a vowel follows begins a syllable.
const SOURCE = `([${INITIAL.join("")}])(${longest(TYPED_VOWEL)})((?:${longest(FINAL)})?)`
const SYLLABLE = new RegExp(`${SOURCE}(?![ㅏ-ㅣ])`, "g")
const PARTS = new RegExp(`^${SOURCE}$`)

function parts(code) {
  const place = code - FIRST
  return [Math.floor(place / FINALS / VOWELS), Math.floor(place / FINALS) % VOWELS, place % FINALS]
}
