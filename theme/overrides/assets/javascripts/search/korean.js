// Korean words without particles and endings, which come with the index: see bitext/korean.py.

import { sound, typedLetters } from "./jamo.js"

const OBJECT = /^(.+)[을를]$/
const VERBAL = /^(.+?)(?:하[가-힣]|합니다|한다|할|한)$/
const NO_NOUN = /(?:만|까지|부터|기|것|들|는지|이므|하므|[았었했됐]|하나)$/
const COPULA = /(?<=..)(?:이?(?:에|예)요|이?야|이?죠|이?랑|인데|인가요?|인지|이?라서|이?라고|이?네요?)$/
const PARTICLES = ["를", "가", "의", "에", "와", "과", "으로", "로", "입니다"]
const MADE_NOUN = /..기$/ // 만들기를 is of 만들
const SHORT_NOUN = /^.기$/ // 경기 is of nothing
const SUFFIX = /(?<=..)(?:용|별|식|형|쪽|중|상|끼리)$/ // 시험용, 클래스별
const SHORTEST = 2 // syllables of a stem, unless the site uses it as a word
// Endings that melt into the last syllable of a verb, in letters: 쌓인, 쌓여, 쌓입니다, 바꿨는데.
const MELTED = /(?:[ㅓㅏㅐ]ㅆ.*|(?:ㅅㅡ)?ㅂㄴㅣ(?:ㄷㅏ|ㄲㅏ)|ㅇ?[ㅓㅏ](?:ㅅㅓ|ㅇㅑ|ㅇㅛ|ㄷㅗ)?|[ㄴㄹㅁㅂ])$/
const SPOKEN = /[ㅓㅏㅐ](?:ㅆ|(?:ㅇㅑ|ㅇㅛ|ㅅㅓ)$)/ // 바꿨, 꺼야, 봐요
const CHANGING = /(?:(?<=.{3})ㄹ|[ㅓㅏㅐ]ㅆ|(?<=.ㅎㅏ)ㅈㅣ|ㅇ[ㅓㅏ]ㅈㅣ)$/ // 만들, 만드; 바꿨, 바꾸; 더해지, 더하
// A verb after another one: to do something for somebody, beforehand, to the end, to see.
const HELPED = /(?<=.[가-힣]?[아어여해와워져려쳐켜펴떠써눠꿔춰])(?:[오와온올왔]|[주줘준줄줬]|[두둬둔둘뒀]|[놓놔놨]|[보봐본볼봤]|버[리려린릴렸]|[가간갈갔])[가-힣]*$/
// A noun after a verb, which then ends in ㄴ or ㄹ, with what follows it.
const NOUN_OF_VERB = [
  "(?<=[\u11ab\u11af])(?:거|것|건|걸|게|법|데|수|때|적|중|뒤|대로)",
  "(?:이?[에예]요|임|이?[야냐죠지]|인[데지가]?|[이가은는도만를을로에]|에서)?$",
]
const AFTER_VERB = new RegExp(NOUN_OF_VERB.join("").normalize("NFD"))
// What something does that comes up: 에러남, 충돌났는데, 오류뜨면서.
const COMES_UP = /(?<=..)(?:남|났[가-힣]*|나(?:면서?|는데?|서|요|네요?|길래)|뜸|떴[가-힣]*|떠[가-힣]*|뜨(?:면서?|는데?|네요?|길래))$/
const SHORTEST_BEGINNING = 4 // letters of what is left

export class Korean {
  // `words` are those of the site: they tell that 정확도 is no 정확 with a particle. `names` are nouns.
  constructor({ consonant, vowel, rieul, verb, tail }, words, names) {
    const whole = (source) => new RegExp(`^(?:${source})$`)
    this.particles = { consonant: whole(consonant), vowel: whole(vowel), rieul: whole(rieul) }
    this.verbal = whole(verb)
    this.tail = whole(tail)
    this.foreign = whole(`${consonant}|${vowel}|${verb}`)
    this.nouns = nounsAmong(words, names)
  }

  // A word as its stem and what follows it.
  cut(word) {
    if (this.nouns.has(word)) return [word, ""]
    const noun = word.replace(COPULA, "")
    if (noun !== word && this.nouns.has(noun)) return [noun, word.slice(noun.length)]
    for (let end = 1; end < word.length; end++) {
      const [head, rest] = [word.slice(0, end), word.slice(end)]
      if (end < SHORTEST && !this.nouns.has(head)) {
        if (sound(head) === "consonant" && this.tail.test(rest)) return [head, rest]
      } else if (this.tail.test(rest) || this.verbal.test(rest) || this.isParticle(head, rest))
        return MADE_NOUN.test(head) ? [head.slice(0, -1), `기${rest}`] : [head, rest]
    }
    return [word, ""]
  }

  // What a noun is derived from: 시험용 is of 시험.
  root(word) {
    const stem = this.stem(word)
    const root = stem.replace(SUFFIX, "")
    return this.nouns.has(root) ? root : stem
  }

  isParticle(head, rest) {
    return this.particles[sound(head)].test(rest)
  }

  stem(word) {
    return this.cut(word)[0]
  }

  // Whether a word can only be a verb. 는 may follow a noun as well.
  isVerb(word) {
    const [head, rest] = this.cut(word)
    if (this.nouns.has(head)) return false
    if (SPOKEN.test(forms(word))) return true
    return this.tail.test(rest) && !this.isParticle(head, rest) && !SHORT_NOUN.test(word)
  }

  // How the other forms of a verb begin, as `forms` spells them; empty if the word is none.
  beginning(word) {
    const [head, rest] = this.cut(word)
    if (this.nouns.has(head) || head.length < SHORTEST) return ""
    if (this.tail.test(rest)) return forms(head).replace(CHANGING, "")
    const start = forms(word).replace(MELTED, "")
    return start !== forms(word) && start.length >= SHORTEST_BEGINNING ? start : ""
  }
}

// A word without 안, 못 or 몇 that is written with it, and without a verb that is: 안보이게 is 보이게,
// 읽어오기 is 읽어, 저장해둬야 is 저장해, 에러남 is 에러.
export const alone = (word) =>
  word.replace(/^[안못몇](?=..)/, "").replace(HELPED, "").replace(COMES_UP, "")

// A verb without the noun that is written with it: 까는법 is 까는, 돌린거예요 is 돌린.
export function verbOf(word) {
  const verb = word.normalize("NFD").replace(AFTER_VERB, "").normalize("NFC")
  return verb.length >= SHORTEST ? verb : word
}

// The letters of a word so that a stem is the beginning of its forms: 바꾸 and 바꿔, 쌓이 and 쌓여,
// 하 and 해.
export const forms = (word) =>
  typedLetters(word).replaceAll("ㅕ", "ㅣㅓ").replaceAll("ㅎㅐ", "ㅎㅏ")

// Whatever stands before 을, 를 or a form of 하다 is a noun, and so is what two particles follow that
// follow no verb. For one syllable, this alone counts: 쌓을 is of a verb.
function nounsAmong(words, names) {
  const nouns = new Set(names.filter((name) => name.length >= SHORTEST))
  for (const word of words) {
    const head = (word.match(OBJECT) ?? word.match(VERBAL))?.[1]
    if (head?.length >= SHORTEST) nouns.add(head)
    for (const other of headsOf(word))
      if (PARTICLES.filter((end) => words.has(other + end)).length > 1) nouns.add(other)
  }
  return new Set([...nouns].filter((noun) => !NO_NOUN.test(noun)))
}

function headsOf(word) {
  const ends = PARTICLES.filter((end) => word.endsWith(end) && word !== end)
  return ends.map((end) => word.slice(0, -end.length))
}
