// Names of one thing, of one word or several: 학습률 and learning rate.

const VERBAL_NOUN = /[가-힣]{2}기$/ // 합치기 stands for 합친 and 합쳐서

export class Synonyms {
  // `same` is a list of such lists; `read` gives the words of a name, `stem` the stem of a word, and
  // `beginning` how the other forms of a verb begin.
  constructor(same, read, stem, beginning) {
    this.names = new Map()
    const add = (key, names) => this.names.set(key, [...(this.names.get(key) ?? []), ...names])
    for (const group of same) {
      const all = group.map(read)
      for (const name of all) {
        add(name.map(stem).join(""), all)
        if (name.length === 1 && VERBAL_NOUN.test(name[0])) add(beginning(name[0]), all)
      }
    }
  }

  // The names that mean what these stems mean, each as a list of words.
  of(stems) {
    return this.names.get(stems.join("")) ?? []
  }

  *words() {
    for (const names of this.names.values()) for (const name of names) yield* name
  }
}
